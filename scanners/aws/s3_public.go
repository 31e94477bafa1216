package aws

import (
	"context"
	"slices"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	"github.com/aws/aws-sdk-go-v2/service/s3control"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// publicBlock is the four blocks of public access, of an account, a bucket, or both together. Of the four, ignoreACLs and
// restrictBuckets take the effect from grants that exist; the others keep new ones from being made.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
type publicBlock struct {
	blockACLs, ignoreACLs, blockPolicy, restrictBuckets evidence.Value[bool]
}

func sameBlock(v evidence.Value[bool]) publicBlock { return publicBlock{v, v, v, v} }

// blockOf is a block as an API tells it. A flag that it leaves out is off.
func blockOf(acls, ignore, policy, restrict *bool) publicBlock {
	flag := func(b *bool) evidence.Value[bool] { return evidence.Known(sdk.ToBool(b)) }
	return publicBlock{flag(acls), flag(ignore), flag(policy), flag(restrict)}
}

// with is what holds of two blocks together: flag by flag, one of them is enough.
func (p publicBlock) with(o publicBlock) publicBlock {
	return publicBlock{
		evidence.AnyTrue(p.blockACLs, o.blockACLs), evidence.AnyTrue(p.ignoreACLs, o.ignoreACLs),
		evidence.AnyTrue(p.blockPolicy, o.blockPolicy), evidence.AnyTrue(p.restrictBuckets, o.restrictBuckets),
	}
}

// all says whether all four are on.
func (p publicBlock) all() evidence.Value[bool] {
	return evidence.AllTrue(p.blockACLs, p.ignoreACLs, p.blockPolicy, p.restrictBuckets)
}

// accountBlock reads the account's block of public access, and makes a fact of it.
func (s *site) accountBlock(ctx context.Context) publicBlock {
	if !s.needs("s3control.GetPublicAccessBlock") {
		return sameBlock(notAsked[bool]())
	}
	client := s3control.NewFromConfig(s.config())
	out, m := get(ctx, s, "", client.GetPublicAccessBlock, &s3control.GetPublicAccessBlockInput{AccountId: &s.id})
	block := sameBlock(evidence.Default(false, awsrules.DocPublicBlock))
	switch {
	case m.absent():
	case m != nil:
		block = sameBlock(refused[bool](m))
	case out.PublicAccessBlockConfiguration != nil:
		c := out.PublicAccessBlockConfiguration
		block = blockOf(c.BlockPublicAcls, c.IgnorePublicAcls, c.BlockPublicPolicy, c.RestrictPublicBuckets)
	}
	s.add(thing{arn: "arn:" + s.partition + ":iam::" + s.id + ":root", suffix: "public-access-block"},
		evidence.AccountPublicAccess{Blocked: block.all()})
	return block
}

// publicAccess says whether a grant to everybody has effect, and whether all four blocks hold. Where the account's block
// is whole, nothing has to be asked about the bucket.
func (b *s3Bucket) publicAccess(ctx context.Context, hasPolicy evidence.Value[bool]) (public, blocked evidence.Value[bool]) {
	if evidence.IsKnown(b.account.all(), true) {
		at := by("s3control.GetPublicAccessBlock")
		return evidence.Known(false).At(at...), evidence.Known(true).At(at...)
	}
	if !b.needs("GetPublicAccessBlock") {
		return notAsked[bool](), notAsked[bool]()
	}
	block := b.block(ctx).with(b.account)
	public = asked(b.site, "GetBucketAcl", func() evidence.Value[bool] {
		byPolicy := b.publicByPolicy(ctx, block, hasPolicy)
		if evidence.IsKnown(byPolicy, true) {
			return byPolicy
		}
		return evidence.AnyTrue(byPolicy, b.publicByACL(ctx, block))
	})
	return public, block.all()
}

// block reads the bucket's own block. A bucket from before April 2023 may have none: then nothing is blocked.
func (b *s3Bucket) block(ctx context.Context) publicBlock {
	out, m := askBucket(ctx, b, (*s3.Client).GetPublicAccessBlock, &s3.GetPublicAccessBlockInput{Bucket: &b.name})
	switch {
	case m.absent(), m == nil && out.PublicAccessBlockConfiguration == nil:
		return sameBlock(evidence.Known(false))
	case m != nil:
		return sameBlock(refused[bool](m))
	}
	c := out.PublicAccessBlockConfiguration
	return blockOf(c.BlockPublicAcls, c.IgnorePublicAcls, c.BlockPublicPolicy, c.RestrictPublicBuckets)
}

// publicByPolicy says whether the policy is public, as AWS itself judges it, and has effect.
func (b *s3Bucket) publicByPolicy(ctx context.Context, block publicBlock, hasPolicy evidence.Value[bool]) evidence.Value[bool] {
	if evidence.IsKnown(block.restrictBuckets, true) || evidence.IsKnown(hasPolicy, false) {
		return evidence.Known(false)
	}
	out, m := askBucket(ctx, b, (*s3.Client).GetBucketPolicyStatus, &s3.GetBucketPolicyStatusInput{Bucket: &b.name})
	public := told(out, m, evidence.Known(false), func(o *s3.GetBucketPolicyStatusOutput) evidence.Value[bool] {
		if o.PolicyStatus == nil || o.PolicyStatus.IsPublic == nil {
			return evidence.Unresolved[bool](evidence.Because("value_not_understood"))
		}
		return evidence.Known(*o.PolicyStatus.IsPublic)
	})
	return evidence.AllTrue(public, evidence.Not(block.restrictBuckets))
}

// publicByACL says whether the access control list grants something to everybody and has effect: it has none where
// public lists are ignored, or where the bucket's owner owns all objects.
func (b *s3Bucket) publicByACL(ctx context.Context, block publicBlock) evidence.Value[bool] {
	if evidence.IsKnown(block.ignoreACLs, true) {
		return evidence.Known(false)
	}
	out, m := askBucket(ctx, b, (*s3.Client).GetBucketAcl, &s3.GetBucketAclInput{Bucket: &b.name})
	granted := told(out, m, evidence.Known(false), func(o *s3.GetBucketAclOutput) evidence.Value[bool] {
		if o.Owner == nil && len(o.Grants) == 0 { // every list has an owner
			return refused[bool](emptyAnswer(b.site, "s3.GetBucketAcl"))
		}
		return evidence.Known(slices.ContainsFunc(o.Grants, func(g types.Grant) bool {
			return g.Grantee != nil && awsrules.PublicGrantee(sdk.ToString(g.Grantee.URI))
		}))
	})
	if evidence.IsKnown(granted, false) {
		return granted
	}
	return evidence.AllTrue(granted, evidence.Not(b.aclsOff(ctx)), evidence.Not(block.ignoreACLs))
}

func (b *s3Bucket) aclsOff(ctx context.Context) evidence.Value[bool] {
	out, m := askBucket(ctx, b, (*s3.Client).GetBucketOwnershipControls, &s3.GetBucketOwnershipControlsInput{Bucket: &b.name})
	return told(out, m, evidence.Known(false), func(o *s3.GetBucketOwnershipControlsOutput) evidence.Value[bool] {
		return evidence.Known(o.OwnershipControls != nil && slices.ContainsFunc(o.OwnershipControls.Rules, func(r types.OwnershipControlsRule) bool {
			return r.ObjectOwnership == types.ObjectOwnershipBucketOwnerEnforced
		}))
	})
}
