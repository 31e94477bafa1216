package terraform

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// lifecycle are the rules by which a bucket deletes objects.
func (b *bucket) lifecycle() awsrules.Lifecycle {
	links := b.linked("aws_s3_bucket_lifecycle_configuration")
	l := awsrules.Lifecycle{More: links.Orphans, None: unset(b.Instance, evidence.Never, awsrules.DocBucketLifecycle)}
	for _, s := range links.All {
		l.None = evidence.Known(evidence.Never).At(s.At(evidence.RoleDecides))
		readLifecycle(&l, s.Blocks("rule"), func(rule *eval.Block) evidence.Value[bool] {
			return evidence.Map(rule.Attr("status").Text(evidence.Value[string]{}), func(s string) bool { return s == "Enabled" })
		})
	}
	readLifecycle(&l, b.Blocks("lifecycle_rule"), func(rule *eval.Block) evidence.Value[bool] {
		return rule.Attr("enabled").Bool(evidence.Known(false))
	})
	return l
}

// orHere is v at the bucket where nothing else says where it stands.
func (b *bucket) orHere(v evidence.Value[int]) evidence.Value[int] {
	if len(v.Positions()) == 0 {
		return v.At(b.At(evidence.RoleDefaults))
	}
	return v
}

func readLifecycle(l *awsrules.Lifecycle, rules eval.Blocks, enabled func(*eval.Block) evidence.Value[bool]) {
	l.More = append(l.More, rules.More...)
	for _, rule := range rules.All {
		if l.None.Defaulted() {
			l.None = evidence.Known(evidence.Never).At(rule.At(evidence.RoleDecides))
		}
		l.Rules = append(l.Rules, awsrules.LifecycleRule{
			Applies:        evidence.AllTrue(enabled(rule), forAllObjects(rule)),
			ExpiryDays:     expiryDays(rule),
			NoncurrentDays: noncurrentDays(rule),
			NewerKept:      rule.Block("noncurrent_version_expiration").Attr("newer_noncurrent_versions").Int(evidence.Known(0)),
		})
	}
}

// forAllObjects says whether a rule has no filter, or an empty one.
func forAllObjects(rule *eval.Block) evidence.Value[bool] {
	conditions := []evidence.Value[bool]{emptyText(rule.Attr("prefix")), unsetOrEmpty(rule.Attr("tags"))}
	filters := rule.Blocks("filter")
	for _, why := range filters.More {
		conditions = append(conditions, evidence.Unresolved[bool](why))
	}
	for _, filter := range filters.All {
		conditions = append(conditions, emptyText(filter.Attr("prefix")), absent(filter.Blocks("tag")), absent(filter.Blocks("and")),
			unsetOrEmpty(filter.Attr("object_size_greater_than")), unsetOrEmpty(filter.Attr("object_size_less_than")))
	}
	return evidence.AllTrue(conditions...)
}

func emptyText(a eval.Attr) evidence.Value[bool] {
	return evidence.Map(a.Text(evidence.Known("")), func(s string) bool { return s == "" })
}

// unsetOrEmpty says whether a is not written, or an empty map.
func unsetOrEmpty(a eval.Attr) evidence.Value[bool] {
	if a.IsUnset() {
		return evidence.Known(true)
	}
	v := a.Value()
	if !v.IsKnown() {
		return evidence.Unresolved[bool](a.Why()).At(a.At())
	}
	return evidence.Known(v.CanIterateElements() && v.LengthInt() == 0).At(a.At())
}

func absent(blocks eval.Blocks) evidence.Value[bool] {
	if len(blocks.All) > 0 {
		return evidence.Known(false)
	}
	if len(blocks.More) > 0 {
		return evidence.Unresolved[bool](blocks.More[0])
	}
	return evidence.Known(true)
}

// expiryDays are the days after which a rule deletes current objects. An expiry by date is not known: it depends on
// the day on which it is looked at.
func expiryDays(rule *eval.Block) evidence.Value[int] {
	expiration := rule.Block("expiration")
	if date := expiration.Attr("date"); date.IsSet() {
		return evidence.Unresolved[int](evidence.Because("depends_on_date")).At(date.At())
	}
	days := expiration.Attr("days").Int(evidence.Known(evidence.Never))
	if evidence.IsKnown(days, 0) { // what the provider writes for a rule that only removes delete markers
		return evidence.Known(evidence.Never)
	}
	return days
}

// noncurrentDays are the days after which a rule deletes versions that are no longer current.
func noncurrentDays(rule *eval.Block) evidence.Value[int] {
	expiration := rule.Block("noncurrent_version_expiration")
	days := expiration.Attr("noncurrent_days")
	if days.IsUnset() {
		days = expiration.Attr("days")
	}
	return days.Int(evidence.Known(evidence.Never))
}
