package aws

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// callsOf are the operations that a setting names, sorted.
func callsOf(f evidence.Fact, setting string) []string {
	var calls []string
	for _, p := range f.Settings[setting].At {
		calls = append(calls, p.Call)
	}
	slices.Sort(calls)
	return calls
}

func TestFactsOfEC2NameOnlyCallsThatToldSomething(t *testing.T) {
	routes := []string{"ec2.DescribeRouteTables", "ec2.DescribeSubnets"}
	options := append([]string{routes[0], routes[1]}, "ec2.DescribeVpcBlockPublicAccessOptions")
	exclusions := []string{routes[0], routes[1], "ec2.DescribeVpcBlockPublicAccessExclusions", "ec2.DescribeVpcBlockPublicAccessOptions"}
	toAll := tableOfSubnet(toGateway("0.0.0.0/0"))
	open := groupNamed("app", tcp(22, 22, blocks("0.0.0.0/0")))
	byList := groupNamed("app", tcp(22, 22, listNamed("pl-1")))
	disk := diskWithKey("own")
	disk["snapshotId"] = "snap-9"
	own := imageWith(false, nil, disk)
	for _, c := range []struct {
		name, kind, fact, setting string
		have                      []fakeaws.Resource
		want                      []string
	}{
		{"a volume without a key", "volume", "vol-1", "encryption", []fakeaws.Resource{volumeWith("vol-1", plainDisk())}, []string{"ec2.DescribeVolumes"}},
		{"a volume with a key", "volume", "vol-1", "encryption", []fakeaws.Resource{volumeWith("vol-1", diskWithKey("own"))},
			[]string{"ec2.DescribeVolumes", "kms.DescribeKey"}},
		{"a snapshot without a key", "snapshot", "snap-1", "encryption", []fakeaws.Resource{snapshotWith("snap-1", false, plainDisk())}, []string{"ec2.DescribeSnapshots"}},
		{"a private snapshot", "snapshot", "snap-1", "public", []fakeaws.Resource{snapshotWith("snap-1", false, plainDisk())}, []string{"ec2.DescribeSnapshots"}},
		{"a public snapshot", "snapshot", "snap-1", "public", []fakeaws.Resource{snapshotWith("snap-1", true, plainDisk())},
			[]string{"ec2.DescribeSnapshots", "ec2.GetSnapshotBlockPublicAccessState"}},
		{"an image", "snapshot", "ami-1", "public", []fakeaws.Resource{own}, []string{"ec2.DescribeImages"}},
		{"the disks of an image", "snapshot", "ami-1", "encryption", []fakeaws.Resource{own}, []string{"ec2.DescribeImages", "ec2.DescribeSnapshots", "kms.DescribeKey"}},
		{"the block for snapshots", "public_sharing_block", "snapshot-block-public-access", "blocked", []fakeaws.Resource{own},
			[]string{"ec2.DescribeSnapshots", "ec2.GetSnapshotBlockPublicAccessState"}},
		{"the block for images", "public_sharing_block", "image-block-public-access", "blocked", []fakeaws.Resource{own},
			[]string{"ec2.DescribeImages", "ec2.GetImageBlockPublicAccessState"}},
		{"a region without a way out", "subnet", "subnet-1", "private", []fakeaws.Resource{ownSubnet(), mainTable()}, routes},
		{"a region with a way out", "subnet", "subnet-1", "private", []fakeaws.Resource{ownSubnet(), toAll}, options},
		{"a region with a way out that is blocked", "subnet", "subnet-1", "private", []fakeaws.Resource{ownSubnet(), toAll, blockMode("block-bidirectional")}, exclusions},
		{"a group with blocks", "firewall", "sg-1", "open_ingress", []fakeaws.Resource{open}, []string{"ec2.DescribeSecurityGroups"}},
		{"a group with a list of blocks", "firewall", "sg-1", "open_ingress", []fakeaws.Resource{byList, listOfBlocks("0.0.0.0/0")},
			[]string{"ec2.DescribeManagedPrefixLists", "ec2.DescribeSecurityGroups", "ec2.GetManagedPrefixListEntries"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := collect(t, inRegion(append(c.have, keyOf("own", "CUSTOMER"))...), []string{"ec2"})
			named := callsOf(factOf(t, s, evidence.Kind(c.kind), c.fact), c.setting)
			if diff := cmp.Diff(c.want, named); diff != "" {
				t.Errorf("calls (-want +got):\n%s", diff)
			}
			for _, operation := range named {
				if !slices.ContainsFunc(s.Calls, func(call evidence.Call) bool { return call.Operation == operation }) {
					t.Errorf("%s was not called", operation)
				}
			}
		})
	}
}
