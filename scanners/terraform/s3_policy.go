package terraform

import (
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// readPolicies returns the policies of the bucket, of the resource and of the older argument.
func (b *bucket) readPolicies() []awsrules.Document {
	links := b.linked("aws_s3_bucket_policy")
	var all []awsrules.Document
	for _, s := range links.All {
		all = append(all, policyDocument(s.Attr("policy")))
	}
	if inline := b.Attr("policy"); inline.IsSet() {
		all = append(all, policyDocument(inline))
	}
	if len(links.Orphans) > 0 {
		all = append(all, awsrules.Document{More: links.Orphans, At: []evidence.Position{b.At(evidence.RoleDefaults)}})
	}
	return all
}

// plainTransport says whether the bucket's policies deny requests without TLS.
func (b *bucket) plainTransport() evidence.Value[string] {
	v := awsrules.PlainTransport(b.policies, b.whole)
	if len(b.policies) == 0 {
		return v.At(b.At(evidence.RoleDefaults))
	}
	return v
}

// tlsMin is the lowest version that reaches the bucket.
func (b *bucket) tlsMin() evidence.Value[int] {
	v := awsrules.BucketTLSMin(b.policies, b.whole)
	if v.Defaulted() {
		return v.At(b.At(evidence.RoleDefaults))
	}
	return v
}

// whole says whether the resources cover the bucket and all of its objects.
func (b *bucket) whole(resources awsrules.Terms) evidence.Value[bool] {
	return evidence.AllTrue(b.named(resources, ""), b.named(resources, "/*"))
}

// named says whether the resources cover the bucket (suffix "") or all of its objects (suffix "/*").
func (b *bucket) named(resources awsrules.Terms, suffix string) evidence.Value[bool] {
	name, named := b.Attr("bucket").Text(evidence.Value[string]{}).Get()
	open := resources.More
	for _, t := range resources.All {
		t = inAnyPartition(t)
		after, ours := b.after(t)
		switch {
		case t.Known && awsrules.Covers(t.Text, "arn:aws:s3:::*"), t.Known && named && awsrules.Covers(t.Text, "arn:aws:s3:::"+name+suffix),
			ours && awsrules.Covers(after, suffix):
			return evidence.Known(true)
		case ours, t.Known && named, t.Known && !strings.HasPrefix(t.Text, "arn:aws:s3:::"), !t.Known && b.refersElsewhere(t):
		default:
			open = append(open, t.Why)
		}
	}
	if len(open) > 0 {
		return evidence.Unresolved[bool](open[0])
	}
	return evidence.Known(false)
}

// inAnyPartition writes the partition of an ARN as aws, also where it is not known: a bucket has one partition only.
func inAnyPartition(t awsrules.Term) awsrules.Term {
	if t.Known {
		t.Text = awsrules.InAnyPartition(t.Text)
		return t
	}
	w := writtenOf(t)
	if len(w.pieces) < 2 || w.pieces[0] != "arn:" || !strings.HasPrefix(w.pieces[1], ":s3:::") {
		return t
	}
	w.pieces = append([]string{"arn:aws" + w.pieces[1]}, w.pieces[2:]...)
	w.parts = w.parts[1:]
	if len(w.parts) == 0 {
		t.Text, t.Known = w.pieces[0], true
	}
	t.Source = w
	return t
}

// after returns what stands behind the bucket's ARN in a text that is not known: nothing when the whole of it is meant.
func (b *bucket) after(t awsrules.Term) (string, bool) {
	if t.Known {
		return "", false
	}
	w := writtenOf(t)
	if len(w.parts) == 0 {
		return "", len(w.refs) > 0 && !slices.ContainsFunc(w.refs, func(ref eval.Ref) bool { return ref.Address != b.Address || ref.Part })
	}
	last := len(w.parts) - 1
	before := w.pieces[last]
	isOurs := slices.ContainsFunc(eval.RefsOf(w.parts[last]), func(ref eval.Ref) bool { return ref.Address == b.Address && !ref.Part })
	return w.pieces[last+1], isOurs && (before == "" || strings.HasSuffix(before, ":::"))
}

// refersElsewhere says whether t names resources, and the bucket is none of them.
func (b *bucket) refersElsewhere(t awsrules.Term) bool {
	refs := writtenOf(t).refs
	return len(refs) > 0 && !slices.ContainsFunc(refs, func(ref eval.Ref) bool { return ref.Address == b.Address })
}
