package awsrules

import (
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

// restricts says whether the condition demands fixed values of a key that tells who is asking.
func (c Condition) restricts() evidence.Value[bool] {
	keys := []string{"aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths", "aws:sourceaccount",
		"aws:sourcearn", "aws:sourceip", "aws:sourceorgid", "aws:sourceorgpaths", "aws:sourceowner", "aws:sourcevpc", "aws:sourcevpce", "aws:userid",
		"aws:vpcsourceip", "s3:dataaccesspointaccount", "s3:dataaccesspointarn"}
	op := strings.ToLower(strings.TrimSuffix(c.Operator, "IfExists"))
	if !slices.Contains(keys, strings.ToLower(c.Key)) || strings.Contains(op, "not") || op == "null" {
		return evidence.Known(false)
	}
	for _, value := range c.Values.All {
		switch {
		case value.Known && (value.Text == "*" || strings.HasSuffix(value.Text, "/0")):
			return evidence.Known(false)
		case !value.Known && value.Prefix == "" && !value.Names:
			return evidence.Unresolved[bool](value.Why)
		}
	}
	return evidence.Known(true)
}
