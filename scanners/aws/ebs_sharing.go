package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/tomscan/tomscan/evidence"
)

// sharedSnapshots says which of the account's snapshots are shared with everybody, and whether the region keeps them from
// it.
type sharedSnapshots struct {
	ids   map[string]bool
	miss  *miss                  // why there may be others
	state evidence.Value[string] // of the block
	asked bool
}

// sharedSnapshots lists the public ones among the account's own snapshots at once, and reads the block where somebody asks
// for it or where it decides about a snapshot. m is why there may be other snapshots.
// https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html
func (s *site) sharedSnapshots(ctx context.Context, own []disk, m *miss) sharedSnapshots {
	if !s.needs("GetSnapshotBlockPublicAccessState") {
		return sharedSnapshots{}
	}
	public := sharedSnapshots{ids: map[string]bool{}, miss: m, asked: true}
	if len(own) > 0 {
		public.ids, public.miss = s.publicSnapshots(ctx)
	}
	decides := len(own) > 0 && (len(public.ids) > 0 || public.miss != nil)
	if !decides && !s.sample && !s.wanted("public_sharing_block.blocked") {
		public.state = notAsked[string]()
		return public
	}
	out, m := get(ctx, s, "", s.ec2().GetSnapshotBlockPublicAccessState, &ec2.GetSnapshotBlockPublicAccessStateInput{})
	public.state = told(out, m, evidence.Value[string]{}, func(o *ec2.GetSnapshotBlockPublicAccessStateOutput) evidence.Value[string] {
		return stateOf(string(o.State))
	})
	return public
}

// publicSnapshots are the account's snapshots that are shared with everybody.
func (s *site) publicSnapshots(ctx context.Context) (map[string]bool, *miss) {
	in := &ec2.DescribeSnapshotsInput{MaxResults: sdk.Int32(1000), OwnerIds: []string{"self"}, RestorableByUserIds: []string{"all"}}
	next := func(i *ec2.DescribeSnapshotsInput, o *ec2.DescribeSnapshotsOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	ids, m := pages(ctx, s, "", s.ec2().DescribeSnapshots, in, next, func(o *ec2.DescribeSnapshotsOutput) []string {
		return project(o.Snapshots, func(n types.Snapshot) string { return sdk.ToString(n.SnapshotId) })
	})
	public := map[string]bool{}
	for _, id := range ids {
		public[id] = true
	}
	return public, m
}

// stateOf is the state of a block, which an answer always has.
func stateOf(state string) evidence.Value[string] {
	if state == "" {
		return evidence.Value[string]{}
	}
	return evidence.Known(state)
}

// of says whether everybody can read a snapshot. What is encrypted cannot be shared with everybody; and the strictest
// block hides what was shared before.
// https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html
func (p sharedSnapshots) of(d disk) evidence.Value[bool] {
	if !p.asked {
		return notAsked[bool]()
	}
	listed := evidence.Known(p.ids[d.id])
	switch {
	case p.ids[d.id]:
	case d.encrypted != nil && *d.encrypted:
		return evidence.Known(false)
	case p.miss != nil:
		listed = refused[bool](p.miss)
	}
	all := evidence.Map(p.state, func(state string) bool { return state == string(types.SnapshotBlockPublicAccessStateBlockAllSharing) })
	return evidence.AllTrue(listed, evidence.Not(all))
}

// The switches that keep snapshots and images from being shared with everybody.
const (
	imageBlockState    = "ec2.GetImageBlockPublicAccessState"
	snapshotBlockState = "ec2.GetSnapshotBlockPublicAccessState"
)

// unasked is what did not say whether a snapshot is public: the list of images, and the block unless it is listed as
// public, or may be.
func (p sharedSnapshots) unasked(d disk) []string {
	if p.ids[d.id] || p.miss != nil && (d.encrypted == nil || !*d.encrypted) {
		return []string{"ec2.DescribeImages"}
	}
	return []string{"ec2.DescribeImages", snapshotBlockState}
}

// blocked says whether no snapshot is shared with everybody and none can be: the block of new sharing suffices where
// nothing was shared before.
func (p sharedSnapshots) blocked() evidence.Value[bool] {
	if !p.asked {
		return notAsked[bool]()
	}
	none := evidence.Known(len(p.ids) == 0)
	if len(p.ids) == 0 && p.miss != nil && !p.miss.nothingThere() {
		none = refused[bool](p.miss)
	}
	is := func(want types.SnapshotBlockPublicAccessState) evidence.Value[bool] {
		return evidence.Map(p.state, func(state string) bool { return state == string(want) })
	}
	return evidence.AnyTrue(is(types.SnapshotBlockPublicAccessStateBlockAllSharing),
		evidence.AllTrue(is(types.SnapshotBlockPublicAccessStateBlockNewSharing), none))
}

// imagesBlocked says whether no image is shared with everybody, as none says, and none can be. There is no block that
// takes back what was shared before.
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-public-access-to-amis.html
func (s *site) imagesBlocked(ctx context.Context, none evidence.Value[bool]) evidence.Value[bool] {
	if !s.needs("GetImageBlockPublicAccessState") {
		return notAsked[bool]()
	}
	out, m := get(ctx, s, "", s.ec2().GetImageBlockPublicAccessState, &ec2.GetImageBlockPublicAccessStateInput{})
	state := told(out, m, evidence.Value[string]{}, func(o *ec2.GetImageBlockPublicAccessStateOutput) evidence.Value[string] {
		return stateOf(sdk.ToString(o.ImageBlockPublicAccessState))
	})
	return evidence.AllTrue(evidence.Map(state, func(state string) bool { return state == "block-new-sharing" }), none)
}

// addSharingBlock adds the switch of the region; unasked are the operations that are about the other. Nobody else names it,
// so its address is made like the others.
func (s *site) addSharingBlock(of string, blocked evidence.Value[bool], unasked ...string) {
	s.add(thing{arn: s.ec2ARN(of + "-block-public-access"), unasked: unasked}, evidence.PublicSharingBlock{
		Region: evidence.Known(s.region), Of: evidence.Known(of), Blocked: blocked,
	})
}
