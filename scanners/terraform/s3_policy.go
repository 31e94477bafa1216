package terraform

import (
	"regexp"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

const (
	docBucketTransport = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html"
	docServiceTLS      = "https://aws.amazon.com/blogs/security/tls-1-2-required-for-aws-endpoints/"
)

// readPolicies returns the policies of the bucket, of the resource and of the older argument.
func (b *bucket) readPolicies() []document {
	links := b.linked("aws_s3_bucket_policy")
	var all []document
	for _, s := range links.All {
		all = append(all, policyDocument(s.Attr("policy")))
	}
	if inline := b.Attr("policy"); inline.IsSet() {
		all = append(all, policyDocument(inline))
	}
	if len(links.Orphans) > 0 {
		all = append(all, document{more: links.Orphans, at: b.At(evidence.RoleDefaults)})
	}
	return all
}

// anyStatement is true when a statement of the bucket's policies surely is what is looked for, unresolved when one may
// be, and false when none is, or when there is no policy.
func (b *bucket) anyStatement(is func(statement) evidence.Value[bool]) evidence.Value[bool] {
	var all []evidence.Value[bool]
	for _, d := range b.policies {
		for _, s := range d.statements {
			all = append(all, is(s).At(d.at))
		}
		for _, why := range d.more {
			all = append(all, evidence.Unresolved[bool](why).At(d.at))
		}
	}
	if len(all) == 0 {
		return evidence.Known(false).At(b.policyAt()...)
	}
	return evidence.AnyTrue(all...)
}

func (b *bucket) policyAt() []evidence.Position {
	var at []evidence.Position
	for _, d := range b.policies {
		at = append(at, d.at)
	}
	return at
}

// plainTransport is denied when a statement denies everybody everything, on the bucket and on its objects, where the
// request comes without TLS, and is narrowed by nothing else.
func (b *bucket) plainTransport() evidence.Value[string] {
	denied := b.anyStatement(func(s statement) evidence.Value[bool] {
		return evidence.AllTrue(b.deniesEverything(s), s.onlyCondition(isPlainRequest))
	})
	if len(b.policies) == 0 {
		return unset(b.Instance, "allowed", docBucketTransport)
	}
	return evidence.Map(denied, func(denied bool) string {
		if denied {
			return "denied"
		}
		return "allowed"
	})
}

// tlsMin is the lowest version that reaches the bucket: AWS refuses what is older than 1.2, a policy may refuse more.
func (b *bucket) tlsMin() evidence.Value[int] {
	only13 := b.anyStatement(func(s statement) evidence.Value[bool] {
		return evidence.AllTrue(b.deniesEverything(s), s.onlyCondition(isBelowTLS13))
	})
	if evidence.IsKnown(only13, false) {
		return unset(b.Instance, evidence.RankTLS12, docServiceTLS)
	}
	return evidence.Map(only13, func(bool) int { return evidence.RankTLS13 })
}

// deniesEverything says whether s denies everybody all actions on the bucket and on its objects, its conditions aside.
func (b *bucket) deniesEverything(s statement) evidence.Value[bool] {
	return evidence.AllTrue(s.effectIs("Deny"), s.onEverybody(), s.actions.cover("s3:*"), b.named(s.resources, ""), b.named(s.resources, "/*"))
}

// onEverybody is everybody for a statement that denies: everybody but somebody is not enough.
func (s statement) onEverybody() evidence.Value[bool] {
	if s.notPrincipal {
		return evidence.Known(false)
	}
	return s.everybody()
}

// onlyCondition says whether the statement has one condition and that is what is looked for.
func (s statement) onlyCondition(is func(condition) evidence.Value[bool]) evidence.Value[bool] {
	if len(s.more) > 0 {
		return evidence.Unresolved[bool](s.more[0])
	}
	if len(s.conditions) != 1 {
		return evidence.Known(false)
	}
	return is(s.conditions[0])
}

// isPlainRequest recognises a request without TLS, or one whose TLS version is below any, the version left out included.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
func isPlainRequest(c condition) evidence.Value[bool] {
	switch {
	case strings.EqualFold(c.key, "aws:SecureTransport"):
		if op := strings.ToLower(c.operator); op != "bool" && op != "boolifexists" && op != "stringequals" && op != "stringequalsignorecase" {
			return evidence.Known(false)
		}
		return c.values.cover("false")
	case strings.EqualFold(c.key, "s3:TlsVersion"):
		return evidence.Known(strings.EqualFold(c.operator, "NumericLessThanIfExists"))
	}
	return evidence.Known(false)
}

// isBelowTLS13 recognises a request with a TLS version below 1.3.
func isBelowTLS13(c condition) evidence.Value[bool] {
	op := strings.ToLower(strings.TrimSuffix(c.operator, "IfExists"))
	if !strings.EqualFold(c.key, "s3:TlsVersion") || op != "numericlessthan" {
		return evidence.Known(false)
	}
	return c.values.cover("1.3")
}

// partition matches the beginning of an ARN of any partition: aws, aws-cn, aws-us-gov, aws-eusc.
var partition = regexp.MustCompile(`^arn:aws[a-z-]*:`)

// named says whether the resources cover the bucket (suffix "") or all of its objects (suffix "/*").
func (b *bucket) named(resources terms, suffix string) evidence.Value[bool] {
	name, named := b.Attr("bucket").Text(evidence.Value[string]{}).Get()
	open := resources.more
	for _, t := range resources.all {
		t = t.inAnyPartition()
		after, ours := b.after(t)
		switch {
		case t.known && covers(t.text, "arn:aws:s3:::*"), t.known && named && covers(t.text, "arn:aws:s3:::"+name+suffix),
			ours && covers(after, suffix):
			return evidence.Known(true)
		case ours, t.known && named, t.known && !strings.HasPrefix(t.text, "arn:aws:s3:::"), !t.known && b.refersElsewhere(t):
		default:
			open = append(open, t.why)
		}
	}
	if len(open) > 0 {
		return evidence.Unresolved[bool](open[0])
	}
	return evidence.Known(false)
}

// inAnyPartition writes the partition of an ARN as aws, also where it is not known: a bucket has one partition only.
func (t term) inAnyPartition() term {
	if t.known {
		t.text = partition.ReplaceAllString(t.text, "arn:aws:")
		return t
	}
	if len(t.pieces) < 2 || t.pieces[0] != "arn:" || !strings.HasPrefix(t.pieces[1], ":s3:::") {
		return t
	}
	t.pieces = append([]string{"arn:aws" + t.pieces[1]}, t.pieces[2:]...)
	t.parts = t.parts[1:]
	if len(t.parts) == 0 {
		t.text, t.known = t.pieces[0], true
	}
	return t
}

// after returns what stands behind the bucket's ARN in a text that is not known: nothing when the whole of it is meant.
func (b *bucket) after(t term) (string, bool) {
	if t.known {
		return "", false
	}
	if len(t.parts) == 0 {
		return "", len(t.refs) > 0 && !slices.ContainsFunc(t.refs, func(ref eval.Ref) bool { return ref.Address != b.Address || ref.Part })
	}
	last := len(t.parts) - 1
	before := t.pieces[last]
	isOurs := slices.ContainsFunc(eval.RefsOf(t.parts[last]), func(ref eval.Ref) bool { return ref.Address == b.Address && !ref.Part })
	return t.pieces[last+1], isOurs && (before == "" || strings.HasSuffix(before, ":::"))
}

// refersElsewhere says whether t names resources, and the bucket is none of them.
func (b *bucket) refersElsewhere(t term) bool {
	return len(t.refs) > 0 && !slices.ContainsFunc(t.refs, func(ref eval.Ref) bool { return ref.Address == b.Address })
}
