package awsrules

import "github.com/tomscan/tomscan/evidence"

// DocBucketLifecycle says how rules of a bucket delete objects, and that nothing is deleted without them.
const DocBucketLifecycle = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html"

// Lifecycle are the rules by which a bucket deletes objects. Without rules nothing is deleted; None is what that is
// called: the vendor's default, or a configuration that deletes nothing.
type Lifecycle struct {
	Rules []LifecycleRule
	More  []evidence.Reason   // why there may be other rules
	None  evidence.Value[int] // evidence.Never, with where it was decided
}

// LifecycleRule is one rule. Days are evidence.Never where the rule deletes none.
type LifecycleRule struct {
	Applies        evidence.Value[bool] // it is enabled, and for all objects: others leave some objects where they are
	ExpiryDays     evidence.Value[int]  // days after which it deletes current objects
	NoncurrentDays evidence.Value[int]  // days after which it deletes versions that are no longer current
	NewerKept      evidence.Value[int]  // how many newer noncurrent versions it keeps for ever
}

// RetentionDays is how long a current object is kept at most.
func (l Lifecycle) RetentionDays() evidence.Value[int] {
	var days []evidence.Value[int]
	for _, rule := range l.Rules {
		days = rule.append(days, rule.ExpiryDays)
	}
	return l.shortest(days)
}

// NoncurrentDays is how long a version is kept at most after it has been replaced or deleted: not at all where the
// bucket's versioning is disabled.
func (l Lifecycle) NoncurrentDays(versioning evidence.Value[string]) evidence.Value[int] {
	word, known := versioning.Get()
	if !known {
		return evidence.NotKnown[int](versioning)
	}
	if word == "disabled" {
		return evidence.Map(versioning, func(string) int { return 0 })
	}
	var days []evidence.Value[int]
	for _, rule := range l.Rules {
		days = rule.append(days, rule.noncurrent())
	}
	return l.shortest(days)
}

// noncurrent are the days of a rule; one that keeps a number of newer versions keeps those for ever.
func (r LifecycleRule) noncurrent() evidence.Value[int] {
	n, known := r.NewerKept.Get()
	switch {
	case evidence.IsKnown(r.NoncurrentDays, evidence.Never):
	case !known:
		return evidence.NotKnown[int](r.NewerKept)
	case n > 0:
		return evidence.Known(evidence.Never).At(r.NewerKept.Positions()...)
	}
	return r.NoncurrentDays
}

// append adds the days of a rule that applies; when that is not known, days that are not known.
func (r LifecycleRule) append(list []evidence.Value[int], days evidence.Value[int]) []evidence.Value[int] {
	switch {
	case evidence.IsKnown(r.Applies, false), evidence.IsKnown(days, evidence.Never):
		return list
	case !evidence.IsKnown(r.Applies, true):
		return append(list, evidence.NotKnown[int](r.Applies))
	}
	return append(list, days)
}

// shortest is the shortest of the known days: of several rules for one object S3 follows the earliest expiry. A rule
// that is not known leaves it open.
func (l Lifecycle) shortest(days []evidence.Value[int]) evidence.Value[int] {
	if len(l.More) > 0 {
		return evidence.Unresolved[int](l.More[0])
	}
	best := l.None
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
