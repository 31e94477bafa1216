package terraform

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

func snapshotTypes() []string {
	return []string{"aws_ebs_snapshot", "aws_ebs_snapshot_copy", "aws_ebs_snapshot_import"}
}

func imageTypes() []string { return []string{"aws_ami", "aws_ami_copy", "aws_ami_from_instance"} }

// ebsSnapshots reads snapshots of volumes and images of machines.
func ebsSnapshots() reader {
	return reader{
		types: append(imageTypes(), snapshotTypes()...),
		joins: []string{"aws_ami_launch_permission", "aws_snapshot_create_volume_permission"},
		kinds: []evidence.Kind{evidence.DataSnapshot{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			snapshot := evidence.DataSnapshot{Placement: placement(i, noCopies()), Of: evidence.Known("volume"), Public: evidence.Known(false)}
			var joined []*eval.Instance
			for _, image := range imageTypes() {
				if i.Type == image {
					snapshot.Of = evidence.Known("image")
					snapshot.Public, joined = imagePublic(r, i)
				}
			}
			encryption := snapshotLevel(r, i)
			return []observation{{resource: snapshot, joined: joined,
				settle: func(res evidence.Resource, d accountDefaults) (evidence.Resource, []evidence.Reason) {
					snapshot := res.(evidence.DataSnapshot)
					snapshot.Encryption = encryption(d)
					return snapshot, d.notes(typeVolumeDefault, typeVolumeKey)
				}}}
		},
	}
}

// imagePublic says whether everybody may start instances from an image.
func imagePublic(r *eval.Root, i *eval.Instance) (evidence.Value[bool], []*eval.Instance) {
	links := satellites(r, i, "aws_ami_launch_permission", "image_id")
	var all []evidence.Value[bool]
	for _, s := range links.All {
		all = append(all, evidence.Map(s.Attr("group").Text(evidence.Known("")), func(group string) bool { return group == "all" }))
	}
	for _, why := range links.Orphans {
		all = append(all, evidence.Unresolved[bool](why))
	}
	return evidence.AnyTrue(all...), links.All
}

// snapshotLevel is the encryption of a snapshot or an image: that of what it was made of, unless it is a copy that says
// more. A copy that names no key uses the default key of the account.
func snapshotLevel(r *eval.Root, i *eval.Instance) level {
	switch i.Type {
	case "aws_ebs_snapshot":
		return inherited(r, i, "volume_id", "aws_ebs_volume")
	case "aws_ami_from_instance":
		return inherited(r, i, "source_instance_id", "aws_instance")
	case "aws_ebs_snapshot_import":
		return deviceLevel(r, i, i.Block, nil)
	case "aws_ebs_snapshot_copy":
		return deviceLevel(r, i, i.Block, inherited(r, i, "source_snapshot_id", snapshotTypes()...))
	case "aws_ami_copy":
		return deviceLevel(r, i, i.Block, inherited(r, i, "source_ami_id", imageTypes()...))
	}
	return imageDevices(r, i)
}

// inherited is the encryption of what attr points at.
func inherited(r *eval.Root, i *eval.Instance, attr string, types ...string) level {
	for _, source := range targets(r, i.Attr(attr), types...).All {
		switch {
		case source == i:
		case source.Type == "aws_ebs_volume":
			return volumeLevel(r, source)
		case source.Type == "aws_instance":
			return deviceLevel(r, source, source.Block.Block("root_block_device"), imageLevel(r, source.Attr("ami")))
		default:
			return snapshotLevel(r, source)
		}
	}
	return decided(evidence.Unresolved[string](evidence.Because("source_not_declared_here")).At(i.Attr(attr).At()))
}

// imageDevices is the weakest encryption of the devices of an image.
func imageDevices(r *eval.Root, i *eval.Instance) level {
	devices := i.Blocks("ebs_block_device")
	var levels []level
	for _, device := range devices.All {
		levels = append(levels, deviceLevel(r, i, device, sourceLevel(r, i, device.Attr("snapshot_id"))))
	}
	for _, why := range devices.More {
		levels = append(levels, decided(evidence.Unresolved[string](why).At(i.At(evidence.RoleDecides))))
	}
	if len(levels) == 0 {
		return decided(evidence.Unresolved[string](evidence.Because("source_not_declared_here")).At(i.At(evidence.RoleDecides)))
	}
	return func(d accountDefaults) evidence.Value[string] {
		var all []evidence.Value[string]
		for _, l := range levels {
			all = append(all, l(d))
		}
		return awsrules.Weakest(all)
	}
}
