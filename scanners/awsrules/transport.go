package awsrules

import (
	"regexp"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// Where AWS documents how a bucket's policy refuses plain transport, and that its endpoints refuse TLS below 1.2.
const (
	DocBucketTransport = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html"
	DocServiceTLS      = "https://aws.amazon.com/blogs/security/tls-1-2-required-for-aws-endpoints/"
)

// Whole says whether the resources of a statement cover all of the thing that its policy belongs to.
type Whole func(resources Terms) evidence.Value[bool]

// AnyStatement is true when a statement of the documents surely is what is looked for, not known when one may be, and
// false when none is, or when there is no document.
func AnyStatement(documents []Document, is func(Statement) evidence.Value[bool]) evidence.Value[bool] {
	var all []evidence.Value[bool]
	var at []evidence.Position
	for _, d := range documents {
		at = append(at, d.At...)
		for _, s := range d.Statements {
			all = append(all, is(s).At(d.At...))
		}
		for _, why := range d.More {
			all = append(all, evidence.Unresolved[bool](why).At(d.At...))
		}
	}
	if len(all) == 0 {
		return evidence.Known(false).At(at...)
	}
	return evidence.AnyTrue(all...)
}

// PlainTransport is denied when a statement denies everybody everything, on the whole thing, where the request comes
// without TLS, and is narrowed by nothing else; otherwise it is allowed. Without documents it is allowed by default.
func PlainTransport(documents []Document, whole Whole) evidence.Value[string] {
	if len(documents) == 0 {
		return evidence.Default("allowed", DocBucketTransport)
	}
	denied := AnyStatement(documents, func(s Statement) evidence.Value[bool] {
		return evidence.AllTrue(s.deniesEverything(whole), s.onlyCondition(isPlainRequest))
	})
	return evidence.Map(denied, func(denied bool) string {
		if denied {
			return "denied"
		}
		return "allowed"
	})
}

// BucketTLSMin is the rank of the lowest version that reaches a bucket: AWS refuses what is older than 1.2, by default,
// and a policy may refuse more.
func BucketTLSMin(documents []Document, whole Whole) evidence.Value[int] {
	only13 := AnyStatement(documents, func(s Statement) evidence.Value[bool] {
		return evidence.AllTrue(s.deniesEverything(whole), s.onlyCondition(isBelowTLS13))
	})
	if evidence.IsKnown(only13, false) {
		return evidence.Default(evidence.RankTLS12, DocServiceTLS)
	}
	return evidence.Map(only13, func(bool) int { return evidence.RankTLS13 })
}

// DeniesPlain says whether a statement of d denies everybody an action when the request comes without TLS. The resource
// is the one that the policy belongs to.
func (d Document) DeniesPlain(action string) evidence.Value[bool] {
	var all []evidence.Value[bool]
	for _, s := range d.Statements {
		all = append(all, evidence.AllTrue(s.EffectIs("Deny"), s.onEverybody(), s.Actions.Cover(action), s.onlyCondition(isPlainRequest)).At(d.At...))
	}
	for _, why := range d.More {
		all = append(all, evidence.Unresolved[bool](why).At(d.At...))
	}
	return evidence.AnyTrue(all...)
}

// WholeBucket covers the bucket of a name and all of its objects, in any partition: a bucket has one only. It takes
// resources whose texts are known; one that is not leaves it open.
func WholeBucket(name string) Whole {
	return func(resources Terms) evidence.Value[bool] {
		var all []evidence.Value[bool]
		for _, suffix := range []string{"", "/*"} {
			resources := Terms{Written: resources.Written, More: resources.More, All: inAnyPartition(resources.All)}
			all = append(all, evidence.AnyTrue(resources.Cover("arn:aws:s3:::"+name+suffix), resources.Cover("arn:aws:s3:::*")))
		}
		return evidence.AllTrue(all...)
	}
}

// partition matches the beginning of an ARN of any partition: aws, aws-cn, aws-us-gov, aws-eusc.
var partition = regexp.MustCompile(`^arn:aws[a-z-]*:`)

// InAnyPartition writes the partition of an ARN as aws.
func InAnyPartition(arn string) string { return partition.ReplaceAllString(arn, "arn:aws:") }

func inAnyPartition(all []Term) []Term {
	same := make([]Term, len(all))
	for n, t := range all {
		t.Text = InAnyPartition(t.Text)
		same[n] = t
	}
	return same
}

// deniesEverything says whether s denies everybody all actions on the whole bucket, its conditions aside.
func (s Statement) deniesEverything(whole Whole) evidence.Value[bool] {
	return evidence.AllTrue(s.EffectIs("Deny"), s.onEverybody(), s.Actions.Cover("s3:*"), whole(s.Resources))
}

// onEverybody is Everybody for a statement that denies: everybody but somebody is not enough.
func (s Statement) onEverybody() evidence.Value[bool] {
	if s.NotPrincipal {
		return evidence.Known(false)
	}
	return s.Everybody()
}

// onlyCondition says whether the statement has one condition and that is what is looked for.
func (s Statement) onlyCondition(is func(Condition) evidence.Value[bool]) evidence.Value[bool] {
	if len(s.More) > 0 {
		return evidence.Unresolved[bool](s.More[0])
	}
	if len(s.Conditions) != 1 {
		return evidence.Known(false)
	}
	return is(s.Conditions[0])
}

// isPlainRequest recognises a request without TLS, or one whose TLS version is below any, the version left out included.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
func isPlainRequest(c Condition) evidence.Value[bool] {
	switch {
	case strings.EqualFold(c.Key, "aws:SecureTransport"):
		if op := strings.ToLower(c.Operator); op != "bool" && op != "boolifexists" && op != "stringequals" && op != "stringequalsignorecase" {
			return evidence.Known(false)
		}
		return c.Values.Cover("false")
	case strings.EqualFold(c.Key, "s3:TlsVersion"):
		return evidence.Known(strings.EqualFold(c.Operator, "NumericLessThanIfExists"))
	}
	return evidence.Known(false)
}

// isBelowTLS13 recognises a request with a TLS version below 1.3.
func isBelowTLS13(c Condition) evidence.Value[bool] {
	op := strings.ToLower(strings.TrimSuffix(c.Operator, "IfExists"))
	if !strings.EqualFold(c.Key, "s3:TlsVersion") || op != "numericlessthan" {
		return evidence.Known(false)
	}
	return c.Values.Cover("1.3")
}
