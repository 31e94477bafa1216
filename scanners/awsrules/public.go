package awsrules

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// Public says whether a statement of the documents allows something to everybody without a condition that restricts from
// where or by whom.
func Public(documents []Document) evidence.Value[bool] {
	return AnyStatement(documents, func(s Statement) evidence.Value[bool] {
		return evidence.AllTrue(s.EffectIs("Allow"), s.Everybody(), s.unrestricted())
	})
}

// PublicACL recognises the canned access control lists of buckets that grant something to everybody, or to everybody with
// an account. https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl
func PublicACL(name string) bool {
	return slices.Contains([]string{"authenticated-read", "public-read", "public-read-write"}, name)
}

// PublicGrantee recognises the groups of everybody, and of everybody with an account, by their address.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#specifying-grantee
func PublicGrantee(uri string) bool {
	return strings.HasSuffix(uri, "/global/AllUsers") || strings.HasSuffix(uri, "/global/AuthenticatedUsers")
}

// unrestricted says that no condition of s restricts who can make the request in a way that makes a grant to everybody
// not public.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
func (s Statement) unrestricted() evidence.Value[bool] {
	if len(s.More) > 0 {
		return evidence.Unresolved[bool](s.More[0])
	}
	var all []evidence.Value[bool]
	for _, c := range s.Conditions {
		all = append(all, evidence.Not(c.restricts()))
	}
	return evidence.AllTrue(all...)
}

// restricts says whether the condition demands fixed values of a key that tells who is asking. One that holds for requests
// without the key as well demands nothing of them.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists
func (c Condition) restricts() evidence.Value[bool] {
	keys := []string{"aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths", "aws:sourceaccount",
		"aws:sourcearn", "aws:sourceip", "aws:sourceorgid", "aws:sourceorgpaths", "aws:sourceowner", "aws:sourcevpc", "aws:sourcevpce", "aws:userid",
		"aws:vpcsourceip", "s3:dataaccesspointaccount", "s3:dataaccesspointarn"}
	op := strings.ToLower(c.Operator)
	without := op == "null" || strings.HasSuffix(op, "ifexists") || strings.HasPrefix(op, "forallvalues:")
	if !slices.Contains(keys, strings.ToLower(c.Key)) || strings.Contains(op, "not") || without {
		return evidence.Known(false)
	}
	for _, value := range c.Values.All {
		switch {
		case value.Known && fitsAnybody(value.Text):
			return evidence.Known(false)
		case !value.Known && value.Prefix == "" && !value.Names:
			return evidence.Unresolved[bool](value.Why)
		}
	}
	return evidence.Known(true)
}

// fitsAnybody says whether a value of a condition is no fixed one: a pattern that others can fit too, or a block of public
// addresses broader than /8, or /32 in IPv6. The name of a bucket is nobody else's, so that its ARN needs no account.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
func fitsAnybody(value string) bool {
	if block, err := netip.ParsePrefix(value); err == nil {
		broadest := 32
		if block.Addr().Is4() {
			broadest = 8
		}
		return block.Bits() < broadest && !IsPrivateBlock(block)
	}
	star := strings.IndexAny(value, "*?")
	if star < 0 {
		return false
	}
	parts := arnParts(value)
	if parts == nil {
		return slices.Contains([]string{"", "o-", "vpc-", "vpce-"}, value[:star]) || strings.HasPrefix(value, "arn:")
	}
	account, bucket := parts[4], strings.SplitN(parts[5], "/", 2)[0]
	if account != "" && !strings.ContainsAny(account, "*?") {
		return false
	}
	return parts[2] != "s3" || strings.ContainsAny(bucket, "*?")
}
