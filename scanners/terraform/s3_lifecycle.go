package terraform

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

const docBucketLifecycle = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html"

// lifecycle are the rules by which a bucket deletes objects. Only rules for all objects count: a rule with a prefix, a
// tag or a size leaves the others where they are.
type lifecycle struct {
	current []evidence.Value[int] // days after which all current objects expire, one per rule
	old     []evidence.Value[int] // days after which all noncurrent versions are deleted
	open    []evidence.Reason     // why there may be other rules
	at      *evidence.Position    // where the rules are written; nil = there are none
}

func (b *bucket) lifecycle() lifecycle {
	links := b.linked("aws_s3_bucket_lifecycle_configuration")
	l := lifecycle{open: links.Orphans}
	for _, s := range links.All {
		at := s.At(evidence.RoleDecides)
		l.at = &at
		l.read(s.Blocks("rule"), func(rule *eval.Block) evidence.Value[bool] {
			return evidence.Map(rule.Attr("status").Text(evidence.Value[string]{}), func(s string) bool { return s == "Enabled" })
		})
	}
	l.read(b.Blocks("lifecycle_rule"), func(rule *eval.Block) evidence.Value[bool] {
		return rule.Attr("enabled").Bool(evidence.Known(false))
	})
	return l
}

func (l *lifecycle) read(rules eval.Blocks, enabled func(*eval.Block) evidence.Value[bool]) {
	l.open = append(l.open, rules.More...)
	for _, rule := range rules.All {
		if l.at == nil {
			at := rule.At(evidence.RoleDecides)
			l.at = &at
		}
		applies := evidence.AllTrue(enabled(rule), forAllObjects(rule))
		if evidence.IsKnown(applies, false) {
			continue
		}
		l.current = appendDays(l.current, applies, expiryDays(rule))
		l.old = appendDays(l.old, applies, noncurrentDays(rule))
	}
}

// appendDays adds the days of a rule that applies; when that is not known, days that are not known.
func appendDays(list []evidence.Value[int], applies evidence.Value[bool], days evidence.Value[int]) []evidence.Value[int] {
	if evidence.IsKnown(days, evidence.Never) {
		return list
	}
	if !evidence.IsKnown(applies, true) {
		return append(list, evidence.NotKnown[int](applies))
	}
	return append(list, days)
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

// noncurrentDays are the days after which a rule deletes versions that are no longer current. A rule that keeps a
// number of newer versions keeps those for ever.
func noncurrentDays(rule *eval.Block) evidence.Value[int] {
	expiration := rule.Block("noncurrent_version_expiration")
	keep := expiration.Attr("newer_noncurrent_versions").Int(evidence.Known(0))
	if n, known := keep.Get(); known && n > 0 {
		return evidence.Known(evidence.Never).At(keep.Positions()...)
	}
	days := expiration.Attr("noncurrent_days")
	if days.IsUnset() {
		days = expiration.Attr("days")
	}
	return days.Int(evidence.Known(evidence.Never))
}

// retention is how long a current object is kept at most.
func (l lifecycle) retention(i *eval.Instance) evidence.Value[int] { return l.shortest(i, l.current) }

// noncurrent is how long a version is kept at most after it has been replaced or deleted.
func (l lifecycle) noncurrent(i *eval.Instance, versioning evidence.Value[string]) evidence.Value[int] {
	word, known := versioning.Get()
	if !known {
		return evidence.NotKnown[int](versioning)
	}
	if word == "disabled" {
		return evidence.Map(versioning, func(string) int { return 0 })
	}
	return l.shortest(i, l.old)
}

// shortest is the shortest of the known days: of several rules for one object S3 follows the earliest expiry. A rule
// that is not known leaves it open.
func (l lifecycle) shortest(i *eval.Instance, days []evidence.Value[int]) evidence.Value[int] {
	if len(l.open) > 0 {
		return evidence.Unresolved[int](l.open[0]).At(i.At(evidence.RoleDefaults))
	}
	best := unset(i, evidence.Never, docBucketLifecycle)
	if l.at != nil {
		best = evidence.Known(evidence.Never).At(*l.at)
	}
	for _, d := range days {
		n, known := d.Get()
		if !known {
			return d
		}
		if least, _ := best.Get(); n < least {
			best = d
		}
	}
	return best
}
