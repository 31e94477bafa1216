package aws

import (
	"context"
	"slices"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/tomscan/tomscan/evidence"
)

// ec2Volumes reads volumes, and whether new ones are encrypted by default.
func ec2Volumes() reader {
	volume, byDefault := evidence.Volume{}.Kind(), evidence.VolumeDefault{}.Kind()
	return reader{
		service: "ec2",
		kinds:   []evidence.Kind{volume, byDefault},
		operations: []operation{
			{name: "DescribeVolumes", action: "ec2:DescribeVolumes", lists: []evidence.Kind{volume},
				fills: []string{"volume.encryption", "volume_default.encrypted"}},
			{name: "GetEbsEncryptionByDefault", action: "ec2:GetEbsEncryptionByDefault", fills: []string{"volume_default.encrypted"}},
			{name: "kms.DescribeKey", action: "kms:DescribeKey", fills: []string{"volume.encryption"}},
		},
		read: readVolumes,
	}
}

func readVolumes(ctx context.Context, s *site) {
	in := &ec2.DescribeVolumesInput{MaxResults: sdk.Int32(1000), IncludeManagedResources: sdk.Bool(true)}
	next := func(i *ec2.DescribeVolumesInput, o *ec2.DescribeVolumesOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	volumes, m := pages(ctx, s, "", s.ec2().DescribeVolumes, in, next,
		func(o *ec2.DescribeVolumesOutput) []disk { return project(o.Volumes, volumeDisk) })
	s.hide(m, evidence.Volume{}.Kind())
	s.describeKeysOf(ctx, volumes)
	for _, v := range volumes {
		s.add(thing{arn: s.ec2ARN("volume/" + v.id), typ: "ec2:volume", name: v.id, unasked: v.unasked()},
			evidence.Volume{Placement: s.placed(nil), Encryption: s.diskLevel(ctx, v)})
	}
	if len(volumes) > 0 || m != nil {
		s.readVolumeDefault(ctx, len(volumes) > 0, m)
	}
}

// readVolumeDefault reads whether new volumes are encrypted unless said otherwise, in a region that has volumes. m is why
// there may be some though none was seen, and then nobody can tell that the switch is missed. No other source names the
// setting, so its address is made like the others.
func (s *site) readVolumeDefault(ctx context.Context, used bool, m *miss) {
	encrypted := notAsked[bool]()
	if s.needs("GetEbsEncryptionByDefault") {
		out, refusal := get(ctx, s, "", s.ec2().GetEbsEncryptionByDefault, &ec2.GetEbsEncryptionByDefaultInput{})
		if refusal.nothingThere() {
			return
		}
		encrypted = told(out, refusal, evidence.Value[bool]{}, func(o *ec2.GetEbsEncryptionByDefaultOutput) evidence.Value[bool] {
			return said(o.EbsEncryptionByDefault)
		})
	}
	if !used && evidence.IsKnown(encrypted, false) {
		encrypted = refused[bool](m)
	}
	s.add(thing{arn: s.ec2ARN("ebs-encryption-by-default")}, evidence.VolumeDefault{Region: evidence.Known(s.region), Encrypted: encrypted})
}

// disk is what is kept of a volume, of a snapshot, and of the disk of an image.
type disk struct {
	id        string
	encrypted *bool
	key       string
	owned     bool // it is encrypted with a key that AWS owns
}

func volumeDisk(v types.Volume) disk {
	return disk{id: sdk.ToString(v.VolumeId), encrypted: v.Encrypted, key: sdk.ToString(v.KmsKeyId), owned: v.SseType == types.SSETypeSseEbs}
}

func snapshotDisk(n types.Snapshot) disk {
	return disk{id: sdk.ToString(n.SnapshotId), encrypted: n.Encrypted, key: sdk.ToString(n.KmsKeyId), owned: n.SseType == types.SSETypeSseEbs}
}

// diskLevel is the encryption level of a disk.
// https://docs.aws.amazon.com/ebs/latest/userguide/how-ebs-encryption-works.html
func (s *site) diskLevel(ctx context.Context, d disk) evidence.Value[string] {
	switch {
	case d.owned:
		return evidence.Known(evidence.EncryptionProviderOwned)
	case d.encrypted == nil:
		return evidence.Value[string]{}
	case !*d.encrypted:
		return evidence.Known(evidence.EncryptionNone)
	case d.key == "":
		return evidence.Unresolved[string](evidence.Because("key_not_told"))
	}
	return s.levelOfKey(ctx, &d.key, evidence.Value[string]{})
}

// unasked is what nobody had to ask to know the disk's encryption.
func (d disk) unasked() []string {
	if d.key == "" || d.owned || d.encrypted == nil || !*d.encrypted {
		return []string{"kms.DescribeKey"}
	}
	return nil
}

// describeKeysOf describes the keys of many disks, several at a time; keyLevel remembers them.
func (s *site) describeKeysOf(ctx context.Context, disks []disk) {
	if !s.needs("kms.DescribeKey") {
		return
	}
	var keys []string
	for _, d := range disks {
		if d.key != "" {
			keys = append(keys, d.key)
		}
	}
	slices.Sort(keys)
	each(ctx, s, slices.Compact(keys), func(ctx context.Context, key string) { s.keyLevel(ctx, s.region, key) })
}
