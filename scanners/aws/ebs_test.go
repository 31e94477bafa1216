package aws

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// plainDisk and the others are how EC2 shows whether a disk is encrypted.
func plainDisk() fakeaws.Node { return fakeaws.Node{"encrypted": false} }

func diskWithKey(id string) fakeaws.Node {
	return fakeaws.Node{"encrypted": true, "kmsKeyId": "arn:aws:kms:eu-central-1:111122223333:key/" + id}
}

func volumeWith(id string, more fakeaws.Node) fakeaws.Resource {
	doc := fakeaws.Node{"volumeId": id}
	for k, v := range more {
		doc[k] = v
	}
	return listed("ec2.volume", id, doc)
}

func snapshotWith(id string, public bool, more fakeaws.Node) fakeaws.Resource {
	doc := fakeaws.Node{"snapshotId": id, "ownerId": fakeaws.StandardAccount}
	for k, v := range more {
		doc[k] = v
	}
	r := listed("ec2.snapshot", id, doc)
	if public {
		r.Sub = map[string]any{"ec2.DescribeSnapshotAttribute": fakeaws.Node{"createVolumePermission": []fakeaws.Node{{"group": "all"}}}}
	}
	return r
}

func imageWith(public bool, more fakeaws.Node, snapshots ...fakeaws.Node) fakeaws.Resource {
	var devices []fakeaws.Node
	for _, s := range snapshots {
		devices = append(devices, fakeaws.Node{"deviceName": "/dev/xvda", "ebs": s})
	}
	doc := fakeaws.Node{"imageId": "ami-1", "isPublic": public, "imageState": "available", "blockDeviceMapping": devices}
	for k, v := range more {
		doc[k] = v
	}
	return listed("ec2.image", "ami-1", doc)
}

func keyOf(id, manager string) fakeaws.Resource {
	return listed("kms.key", id, fakeaws.Node{"KeyId": id, "Arn": "arn:aws:kms:eu-central-1:111122223333:key/" + id, "KeyManager": manager, "Origin": "AWS_KMS"})
}

func TestVolumeIsEncryptedByItsKey(t *testing.T) {
	keys := []fakeaws.Resource{keyOf("own", "CUSTOMER"), keyOf("aws", "AWS")}
	for _, c := range []struct {
		name string
		disk fakeaws.Node
		want any
	}{
		{"not encrypted", plainDisk(), "none"},
		{"with a key of the customer", diskWithKey("own"), "customer-managed"},
		{"with the key that AWS manages", diskWithKey("aws"), "provider-managed"},
		{"with a key that AWS owns", fakeaws.Node{"encrypted": true, "sseType": "sse-ebs"}, "provider-owned"},
		{"with a key that is not told", fakeaws.Node{"encrypted": true}, "(key_not_told)"},
		{"nothing told", nil, "(not_read)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := factOf(t, collect(t, inRegion(append(keys, volumeWith("vol-1", c.disk))...), []string{"ec2"}), "volume", "vol-1")
			want := map[string]any{"copies": []string{}, "encryption": c.want, "region": "eu-central-1"}
			if diff := cmp.Diff(want, plain(f, "copies", "encryption", "region")); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestVolumeWhoseKeyIsDeniedIsDenied(t *testing.T) {
	s := collect(t, inRegion(keyOf("own", "CUSTOMER"), volumeWith("vol-1", diskWithKey("own"))), []string{"ec2"},
		fakeaws.Rule{Operation: "kms.DescribeKey", Error: fakeaws.Denied("")})
	level := factOf(t, s, "volume", "vol-1").Settings["encryption"]
	if level.State != evidence.StateDenied || level.Why.Args["action"] != "kms:DescribeKey" {
		t.Errorf("got %v because of %v", level.State, level.Why)
	}
}

func TestKeyOfManyDisksIsDescribedOnce(t *testing.T) {
	server := fakeaws.New(inRegion(fakeaws.EBSFleet(fakeaws.StandardAccount, "eu-central-1", 1500, 2500)...))
	t.Cleanup(server.Close)
	s := collectFrom(t, testOptions(server), []string{"ec2"})
	want := map[evidence.Kind]int{"public_sharing_block": 2, "snapshot": 2500, "volume": 1500, "volume_default": 1}
	if diff := cmp.Diff(want, kindsFound(s)); diff != "" {
		t.Errorf("facts (-want +got):\n%s", diff)
	}
	count := server.Count()
	got := map[string]int{"kms.DescribeKey": count["kms.DescribeKey"], "ec2.DescribeVolumes": count["ec2.DescribeVolumes"], "ec2.DescribeSnapshots": count["ec2.DescribeSnapshots"]}
	wanted := map[string]int{"kms.DescribeKey": 5, "ec2.DescribeVolumes": 2, "ec2.DescribeSnapshots": 3 + 1}
	if diff := cmp.Diff(wanted, got); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
}

func TestVolumeDefault(t *testing.T) {
	on, volume := regionWith("ec2.GetEbsEncryptionByDefault", fakeaws.Node{"ebsEncryptionByDefault": true}), volumeWith("vol-1", nil)
	for _, c := range []struct {
		name   string
		have   []fakeaws.Resource
		breaks []fakeaws.Rule
		want   any
	}{
		{"as AWS has it", []fakeaws.Resource{volume}, nil, false},
		{"switched on", []fakeaws.Resource{on, volume}, nil, true},
		{"denied", []fakeaws.Resource{on, volume}, []fakeaws.Rule{{Operation: "ec2.GetEbsEncryptionByDefault", Error: fakeaws.Denied("")}}, "(read_denied)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := factOf(t, collect(t, inRegion(c.have...), []string{"ec2"}, c.breaks...), "volume_default", "ebs-encryption-by-default")
			if got := plain(f, "encrypted")["encrypted"]; got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func snapshotBlock(state string) fakeaws.Resource {
	return regionWith("ec2.GetSnapshotBlockPublicAccessState", fakeaws.Node{"state": state})
}

func TestSnapshotIsPublicUnlessBlocked(t *testing.T) {
	public, private := snapshotWith("snap-1", true, plainDisk()), snapshotWith("snap-1", false, plainDisk())
	encrypted := snapshotWith("snap-1", false, diskWithKey("own"))
	noState := fakeaws.Rule{Operation: "ec2.GetSnapshotBlockPublicAccessState", Error: fakeaws.Denied("")}
	noList := fakeaws.Rule{Operation: "ec2.DescribeSnapshots", Error: fakeaws.Denied(""), Times: 1}
	for _, c := range []struct {
		name            string
		have            []fakeaws.Resource
		breaks          []fakeaws.Rule
		public, blocked any
	}{
		{"shared with everybody", []fakeaws.Resource{public, snapshotBlock("unblocked")}, nil, true, false},
		{"shared with everybody before new sharing was blocked", []fakeaws.Resource{public, snapshotBlock("block-new-sharing")}, nil, true, false},
		{"shared with everybody and blocked", []fakeaws.Resource{public, snapshotBlock("block-all-sharing")}, nil, false, true},
		{"not shared", []fakeaws.Resource{private, snapshotBlock("unblocked")}, nil, false, false},
		{"not shared and new sharing blocked", []fakeaws.Resource{private, snapshotBlock("block-new-sharing")}, nil, false, true},
		{"not shared, the block denied", []fakeaws.Resource{private, snapshotBlock("unblocked")}, []fakeaws.Rule{noState}, false, "(read_denied)"},
		{"shared, the block denied", []fakeaws.Resource{public, snapshotBlock("unblocked")}, []fakeaws.Rule{noState}, "(read_denied)", "(read_denied)"},
		{"encrypted, which cannot be shared", []fakeaws.Resource{encrypted, keyOf("own", "CUSTOMER"), snapshotBlock("unblocked")}, nil, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := collect(t, inRegion(c.have...), []string{"ec2"}, c.breaks...)
			got := plain(factOf(t, s, "snapshot", "snap-1"), "public")
			got["blocked"] = plain(factOf(t, s, "public_sharing_block", "snapshot-block-public-access"), "blocked")["blocked"]
			if diff := cmp.Diff(map[string]any{"public": c.public, "blocked": c.blocked}, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
	t.Run("the first list denied", func(t *testing.T) {
		s := collect(t, inRegion(private, snapshotBlock("block-new-sharing")), []string{"ec2"}, noList)
		if diff := cmp.Diff(map[string][]evidence.Kind{"read_denied": {"snapshot"}}, gapsOf(s)); diff != "" {
			t.Errorf("gaps (-want +got):\n%s", diff)
		}
	})
}

func TestSnapshotWhenThePublicOnesAreNotTold(t *testing.T) {
	m := &miss{outcome: evidence.OutcomeDenied, operation: "ec2.DescribeSnapshots", action: "ec2:DescribeSnapshots"}
	yes, no := true, false
	p := sharedSnapshots{ids: map[string]bool{"snap-seen": true}, miss: m, state: evidence.Known("unblocked"), asked: true}
	for _, c := range []struct {
		name string
		disk disk
		want evidence.State
	}{
		{"one that was seen", disk{id: "snap-seen", encrypted: &no}, evidence.StateKnown},
		{"one that was not seen", disk{id: "snap-1", encrypted: &no}, evidence.StateDenied},
		{"one that is encrypted", disk{id: "snap-1", encrypted: &yes}, evidence.StateKnown},
	} {
		if got := p.of(c.disk).State(); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestImage(t *testing.T) {
	key, snapshot := keyOf("own", "CUSTOMER"), snapshotWith("snap-1", false, diskWithKey("own"))
	encrypted, plainOne := fakeaws.Node{"snapshotId": "snap-1", "encrypted": true}, fakeaws.Node{"snapshotId": "snap-2", "encrypted": false}
	block := regionWith("ec2.GetImageBlockPublicAccessState", fakeaws.Node{"imageBlockPublicAccessState": "block-new-sharing"})
	for _, c := range []struct {
		name  string
		image fakeaws.Resource
		want  map[string]any
	}{
		{"of an encrypted snapshot", imageWith(false, nil, encrypted), map[string]any{"encryption": "customer-managed", "public": false, "blocked": true}},
		{"of two snapshots", imageWith(false, nil, encrypted, plainOne), map[string]any{"encryption": "none", "public": false, "blocked": true}},
		{"of a snapshot that is not there", imageWith(false, nil, fakeaws.Node{"snapshotId": "snap-9", "encrypted": true}),
			map[string]any{"encryption": "(key_not_told)", "public": false, "blocked": true}},
		{"of an encrypted snapshot and an empty disk", imageWith(false, nil, encrypted, fakeaws.Node{"volumeSize": 8, "encrypted": false}),
			map[string]any{"encryption": "customer-managed", "public": false, "blocked": true}},
		{"without a disk", imageWith(false, nil), map[string]any{"encryption": "(no_disk_listed)", "public": false, "blocked": true}},
		{"that is disabled", imageWith(false, fakeaws.Node{"imageState": "disabled"}, plainOne), map[string]any{"encryption": "none", "public": false, "blocked": true}},
		{"shared with everybody before it was blocked", imageWith(true, nil, plainOne), map[string]any{"encryption": "none", "public": true, "blocked": false}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := collect(t, inRegion(key, snapshot, block, c.image), []string{"ec2"})
			f := factOf(t, s, "snapshot", "ami-1")
			got := plain(f, "encryption", "public")
			got["blocked"] = plain(factOf(t, s, "public_sharing_block", "image-block-public-access"), "blocked")["blocked"]
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if got := plain(f, "of")["of"]; got != "image" {
				t.Errorf("of is %v", got)
			}
		})
	}
}

func TestImagesThatAreDeniedLeaveTheirBlockOpen(t *testing.T) {
	block := regionWith("ec2.GetImageBlockPublicAccessState", fakeaws.Node{"imageBlockPublicAccessState": "block-new-sharing"})
	s := collect(t, inRegion(block), []string{"ec2"}, fakeaws.Rule{Operation: "ec2.DescribeImages", Error: fakeaws.Denied("")})
	want := map[string]any{"blocked": "(read_denied)", "covers": "image", "region": "eu-central-1"}
	if diff := cmp.Diff(want, plain(factOf(t, s, "public_sharing_block", "image-block-public-access"), "blocked", "covers", "region")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if diff := cmp.Diff(map[string][]evidence.Kind{"read_denied": {"snapshot"}}, gapsOf(s)); diff != "" {
		t.Errorf("gaps (-want +got):\n%s", diff)
	}
}

func TestVolumesOfASecondPageThatIsDeniedMayBeMissing(t *testing.T) {
	s := collect(t, inRegion(volumeWith("vol-1", plainDisk())), []string{"ec2"},
		fakeaws.Rule{Operation: "ec2.DescribeVolumes", Page: 1, Error: fakeaws.EmptyPage()},
		fakeaws.Rule{Operation: "ec2.DescribeVolumes", Page: 2, Error: fakeaws.Denied("")})
	if diff := cmp.Diff(map[string][]evidence.Kind{"read_denied": {"volume"}}, gapsOf(s)); diff != "" {
		t.Errorf("gaps (-want +got):\n%s", diff)
	}
}
