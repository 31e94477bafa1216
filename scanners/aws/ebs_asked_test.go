package aws

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

func TestVolumeDefaultIsAFactWhereThereAreVolumes(t *testing.T) {
	on := regionWith("ec2.GetEbsEncryptionByDefault", fakeaws.Node{"ebsEncryptionByDefault": true})
	denied := func(operation string) []fakeaws.Rule {
		return []fakeaws.Rule{{Operation: operation, Error: fakeaws.Denied("")}}
	}
	for _, c := range []struct {
		name   string
		have   []fakeaws.Resource
		breaks []fakeaws.Rule
		want   []any
	}{
		{"off, and no volume", nil, nil, nil},
		{"off, and a volume", []fakeaws.Resource{volumeWith("vol-1", plainDisk())}, nil, []any{false}},
		{"off, and volumes are not told", nil, denied("ec2.DescribeVolumes"), []any{"(read_denied)"}},
		{"on, and no volume", []fakeaws.Resource{on}, nil, nil},
		{"on, and a volume", []fakeaws.Resource{on, volumeWith("vol-1", plainDisk())}, nil, []any{true}},
		{"on, and volumes are not told", []fakeaws.Resource{on}, denied("ec2.DescribeVolumes"), []any{true}},
		{"not told, and no volume", nil, denied("ec2.GetEbsEncryptionByDefault"), nil},
		{"not told, and a volume", []fakeaws.Resource{volumeWith("vol-1", plainDisk())}, denied("ec2.GetEbsEncryptionByDefault"), []any{"(read_denied)"}},
	} {
		var got []any
		for _, f := range collect(t, inRegion(append(c.have, keyOf("own", "CUSTOMER"))...), []string{"ec2"}, c.breaks...).Facts {
			if f.Kind == "volume_default" {
				got = append(got, plain(f, "encrypted")["encrypted"])
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestWhatIsAskedAboutPublicSnapshots(t *testing.T) {
	all := func(evidence.Kind, string) bool { return true }
	public := func(k evidence.Kind, setting string) bool { return k == "snapshot" && setting == "public" }
	none := func(evidence.Kind, string) bool { return false }
	private, shared := snapshotWith("snap-1", false, plainDisk()), snapshotWith("snap-1", true, plainDisk())
	secondList := fakeaws.Rule{Operation: "ec2.DescribeSnapshots", Page: 2, Error: fakeaws.Denied("")}
	for _, c := range []struct {
		name                  string
		wanted                func(evidence.Kind, string) bool
		have                  []fakeaws.Resource
		breaks                []fakeaws.Rule
		lists, blocks, images int
	}{
		{"no snapshot, everything wanted", all, nil, nil, 1, 1, 1},
		{"a private snapshot, everything wanted", all, []fakeaws.Resource{private}, nil, 2, 1, 1},
		{"no snapshot, the block not wanted", public, nil, nil, 1, 0, 0},
		{"a private snapshot, the block not wanted", public, []fakeaws.Resource{private}, nil, 2, 0, 0},
		{"a public snapshot, the block not wanted", public, []fakeaws.Resource{shared}, nil, 2, 1, 0},
		{"a public snapshot, nothing wanted", none, []fakeaws.Resource{shared}, nil, 1, 0, 0},
		{"the list denied, the block not wanted", public, nil, []fakeaws.Rule{{Operation: "ec2.DescribeSnapshots", Error: fakeaws.Denied("")}}, 1, 0, 0},
		{"the list not read whole, the block not wanted", public, []fakeaws.Resource{private, snapshotWith("snap-2", false, plainDisk())},
			[]fakeaws.Rule{secondList}, 3, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := fakeaws.NewPaged(inRegion(append(c.have, keyOf("own", "CUSTOMER"))...), 1)
			t.Cleanup(server.Close)
			server.Break(c.breaks...)
			o := testOptions(server)
			o.Wanted = c.wanted
			collectFrom(t, o, []string{"ec2"})
			n := server.Count()
			got := []int{n["ec2.DescribeSnapshots"], n["ec2.GetSnapshotBlockPublicAccessState"], n["ec2.GetImageBlockPublicAccessState"]}
			if diff := cmp.Diff([]int{c.lists, c.blocks, c.images}, got); diff != "" {
				t.Errorf("lists, blocks of snapshots, blocks of images (-want +got):\n%s", diff)
			}
		})
	}
}
