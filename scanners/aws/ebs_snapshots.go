package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// ec2Snapshots reads the snapshots of volumes and the images of machines, with the switches that keep them from being
// shared with everybody.
func ec2Snapshots() reader {
	snapshot, block := evidence.DataSnapshot{}.Kind(), evidence.PublicSharingBlock{}.Kind()
	sharing := []string{"public_sharing_block.blocked", "snapshot.public"}
	return reader{
		service: "ec2",
		kinds:   []evidence.Kind{block, snapshot},
		operations: []operation{
			{name: "DescribeImages", action: "ec2:DescribeImages", lists: []evidence.Kind{snapshot},
				fills: []string{"public_sharing_block.blocked", "snapshot.encryption", "snapshot.public"}},
			{name: "DescribeSnapshots", action: "ec2:DescribeSnapshots", lists: []evidence.Kind{snapshot},
				fills: []string{"public_sharing_block.blocked", "snapshot.encryption", "snapshot.public"}},
			{name: "GetImageBlockPublicAccessState", action: "ec2:GetImageBlockPublicAccessState", fills: []string{"public_sharing_block.blocked"}},
			{name: "GetSnapshotBlockPublicAccessState", action: "ec2:GetSnapshotBlockPublicAccessState", fills: sharing},
			{name: "kms.DescribeKey", action: "kms:DescribeKey", fills: []string{"snapshot.encryption"}},
		},
		read: readSnapshots,
	}
}

func readSnapshots(ctx context.Context, s *site) {
	snapshots, m := s.snapshots(ctx)
	s.hide(m, evidence.DataSnapshot{}.Kind())
	s.describeKeysOf(ctx, snapshots)
	public := s.sharedSnapshots(ctx, snapshots, m)
	levels := make(map[string]evidence.Value[string], len(snapshots))
	for _, d := range snapshots {
		levels[d.id] = s.diskLevel(ctx, d)
		s.addSnapshot(thing{arn: s.ec2ARN("snapshot/" + d.id), typ: "ec2:snapshot", name: d.id, unasked: append(d.unasked(), public.unasked(d)...)},
			"volume", levels[d.id], public.of(d))
	}
	s.addSharingBlock("snapshot", public.blocked(), "ec2.DescribeImages", imageBlockState)
	s.readImages(ctx, levels)
}

// snapshots lists the account's own snapshots.
func (s *site) snapshots(ctx context.Context) ([]disk, *miss) {
	in := &ec2.DescribeSnapshotsInput{MaxResults: sdk.Int32(1000), OwnerIds: []string{"self"}}
	next := func(i *ec2.DescribeSnapshotsInput, o *ec2.DescribeSnapshotsOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	return pages(ctx, s, "", s.ec2().DescribeSnapshots, in, next,
		func(o *ec2.DescribeSnapshotsOutput) []disk { return project(o.Snapshots, snapshotDisk) })
}

// addSnapshot adds the fact of a snapshot or an image.
func (s *site) addSnapshot(t thing, of string, level evidence.Value[string], public evidence.Value[bool]) {
	s.add(t, evidence.DataSnapshot{Placement: s.placed(nil), Of: evidence.Known(of), Encryption: level, Public: public})
}

// image is what is kept of an image.
type image struct {
	id     string
	public *bool
	disks  []disk // of the snapshots that it starts from
}

// imageOf leaves out the disks that are made empty: there is no data in the image for them.
func imageOf(i types.Image) image {
	kept := image{id: sdk.ToString(i.ImageId), public: i.Public}
	for _, device := range i.BlockDeviceMappings {
		if device.Ebs != nil && device.Ebs.SnapshotId != nil {
			kept.disks = append(kept.disks, disk{id: sdk.ToString(device.Ebs.SnapshotId), encrypted: device.Ebs.Encrypted, key: sdk.ToString(device.Ebs.KmsKeyId)})
		}
	}
	return kept
}

// readImages reads the account's own images: those that are disabled keep their data too. Levels are those of the
// account's snapshots.
func (s *site) readImages(ctx context.Context, levels map[string]evidence.Value[string]) {
	in := &ec2.DescribeImagesInput{MaxResults: sdk.Int32(1000), Owners: []string{"self"}, IncludeDisabled: sdk.Bool(true)}
	next := func(i *ec2.DescribeImagesInput, o *ec2.DescribeImagesOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	images, m := pages(ctx, s, "", s.ec2().DescribeImages, in, next, func(o *ec2.DescribeImagesOutput) []image { return project(o.Images, imageOf) })
	s.hide(m, evidence.DataSnapshot{}.Kind())
	private := []evidence.Value[bool]{}
	if m != nil && !m.nothingThere() {
		private = append(private, refused[bool](m))
	}
	for _, i := range images {
		public := said(i.public).At(evidence.Position{Call: "ec2.DescribeImages", Role: evidence.RoleDecides})
		private = append(private, evidence.Not(said(i.public)))
		s.addSnapshot(thing{arn: s.ec2ARN("image/" + i.id), typ: "ec2:image", name: i.id, unasked: s.unaskedOf(i, levels)},
			"image", s.imageLevel(ctx, i, levels), public)
	}
	s.addSharingBlock("image", s.imagesBlocked(ctx, evidence.AllTrue(private...)), "ec2.DescribeSnapshots", snapshotBlockState)
}

// unaskedOf is what nobody had to ask to know the encryption of an image: keys, where none of its disks has one that
// counts.
func (s *site) unaskedOf(i image, levels map[string]evidence.Value[string]) []string {
	for _, d := range i.disks {
		level, listed := levels[d.id]
		if listed && !evidence.IsKnown(level, evidence.EncryptionNone) || !listed && d.unasked() == nil {
			return nil
		}
	}
	return []string{"kms.DescribeKey"}
}

// imageLevel is the weakest encryption of the image's disks.
func (s *site) imageLevel(ctx context.Context, i image, levels map[string]evidence.Value[string]) evidence.Value[string] {
	var all []evidence.Value[string]
	for _, d := range i.disks {
		level, ok := levels[d.id]
		if !ok {
			level = s.diskLevel(ctx, d)
		}
		all = append(all, level)
	}
	if len(all) == 0 {
		return evidence.Unresolved[string](evidence.Because("no_disk_listed"))
	}
	return awsrules.Weakest(all)
}
