package terraform

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// AWS turns the block of public access on for every bucket that is made since a day in April 2023; older ones keep what
// they had.
const bucketsBlockedSince = "2023-04"

// exposure is what decides whether a bucket is public, apart from the account's block of public access. It holds plain
// values only.
type exposure struct {
	byACL    evidence.Value[bool] // an access control list grants something to everybody
	aclsOff  evidence.Value[bool] // access control lists have no effect
	byPolicy evidence.Value[bool] // a policy allows something to everybody
	block    publicBlock          // of the bucket; all off when there is none
	hasBlock bool
	orphans  []evidence.Reason // why the bucket may have a block
	at       evidence.Position
}

func (b *bucket) exposure() exposure {
	e := exposure{byACL: b.publicByACL(), aclsOff: b.aclsOff(), byPolicy: awsrules.Public(b.policies),
		block: samePublicBlock(evidence.Known(false)), at: b.At(evidence.RoleDefaults)}
	links := b.linked("aws_s3_bucket_public_access_block")
	e.orphans = links.Orphans
	for _, s := range links.All {
		e.hasBlock, e.orphans = true, nil
		e.block = publicBlockOf(s, s.Block, awsrules.DocPublicBlock)
	}
	if len(e.orphans) > 0 {
		e.block = samePublicBlock(evidence.Unresolved[bool](e.orphans[0]).At(e.at))
	}
	return e
}

// public says whether a grant to everybody has effect. Where the code declares such a grant and no block, the grant is
// taken at its word: with AWS's own default block it could not have been applied.
func (e exposure) public(account publicBlock) evidence.Value[bool] {
	block := e.block.with(account)
	public := evidence.AnyTrue(
		evidence.AllTrue(e.byACL, evidence.Not(e.aclsOff), evidence.Not(block.ignoreACLs), evidence.Not(block.blockACLs)),
		evidence.AllTrue(e.byPolicy, evidence.Not(block.restrictBuckets), evidence.Not(block.blockPolicy)),
	)
	if len(public.Positions()) == 0 {
		return public.At(e.at)
	}
	return public
}

// blocked says whether all four blocks hold. A bucket without a block of its own has AWS's default, which is on, unless
// a grant to everybody shows that somebody turned it off.
func (e exposure) blocked(account publicBlock) evidence.Value[bool] {
	all := e.block.with(account).all()
	if e.hasBlock || len(e.orphans) > 0 || evidence.IsKnown(all, true) {
		return all
	}
	granted := evidence.AnyTrue(e.byACL, e.byPolicy)
	switch {
	case evidence.IsKnown(granted, false):
		return evidence.Default(true, awsrules.DocBucketBlocked).At(e.at)
	case !evidence.IsKnown(all, false):
		return all
	}
	return evidence.Not(granted)
}

// publicByACL says whether an access control list grants something to everybody, or to everybody with an AWS account.
func (b *bucket) publicByACL() evidence.Value[bool] {
	links := b.linked("aws_s3_bucket_acl")
	all := []evidence.Value[bool]{publicACL(b.Attr("acl"))}
	all = append(all, publicGrants(b.Block)...)
	for _, s := range links.All {
		all = append(all, publicACL(s.Attr("acl")))
		all = append(all, publicGrants(s.Block.Block("access_control_policy"))...)
	}
	for _, why := range links.Orphans {
		all = append(all, evidence.Unresolved[bool](why).At(b.At(evidence.RoleDefaults)))
	}
	return evidence.AnyTrue(all...)
}

// publicACL recognises the canned lists that are public.
func publicACL(a eval.Attr) evidence.Value[bool] {
	return evidence.Map(a.Text(evidence.Known("private")), awsrules.PublicACL)
}

// publicGrants reads the grants in b, one value each.
func publicGrants(b *eval.Block) []evidence.Value[bool] {
	var all []evidence.Value[bool]
	grants := b.Blocks("grant")
	for _, why := range grants.More {
		all = append(all, evidence.Unresolved[bool](why))
	}
	for _, grant := range grants.All {
		uri := grant.Attr("uri")
		if grantee := grant.Block("grantee"); grantee != nil {
			uri = grantee.Attr("uri")
		}
		all = append(all, evidence.Map(uri.Text(evidence.Known("")), awsrules.PublicGrantee))
	}
	return all
}

// aclsOff says whether the bucket's owner owns all objects, which takes the effect from access control lists.
func (b *bucket) aclsOff() evidence.Value[bool] {
	links := b.linked("aws_s3_bucket_ownership_controls")
	for _, s := range links.All {
		ownership := s.Block.Block("rule").Attr("object_ownership").Text(evidence.Value[string]{})
		return evidence.Map(ownership, func(word string) bool { return word == "BucketOwnerEnforced" })
	}
	if len(links.Orphans) > 0 {
		return evidence.Unresolved[bool](links.Orphans[0]).At(b.At(evidence.RoleDefaults))
	}
	return evidence.Known(false)
}
