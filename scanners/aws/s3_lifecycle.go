package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// lifecycle is how long the bucket keeps current objects, and versions that are no longer current.
func (b *s3Bucket) lifecycle(ctx context.Context, versioning evidence.Value[string]) (retention, noncurrent evidence.Value[int]) {
	if !b.needs("GetBucketLifecycleConfiguration") {
		return notAsked[int](), notAsked[int]()
	}
	out, m := askBucket(ctx, b, (*s3.Client).GetBucketLifecycleConfiguration, &s3.GetBucketLifecycleConfigurationInput{Bucket: &b.name})
	rules := awsrules.Lifecycle{None: evidence.Default(evidence.Never, awsrules.DocBucketLifecycle)}
	switch {
	case m.absent():
	case m != nil:
		return refused[int](m), refused[int](m)
	case len(out.Rules) > 0:
		rules = lifecycleOf(out.Rules)
	}
	return rules.RetentionDays(), rules.NoncurrentDays(versioning)
}

func lifecycleOf(rules []types.LifecycleRule) awsrules.Lifecycle {
	l := awsrules.Lifecycle{None: evidence.Known(evidence.Never)}
	for _, r := range rules {
		rule := awsrules.LifecycleRule{
			Applies:        evidence.Known(r.Status == types.ExpirationStatusEnabled && forAllObjects(r)),
			ExpiryDays:     expiryDays(r.Expiration),
			NoncurrentDays: evidence.Known(evidence.Never),
			NewerKept:      evidence.Known(0),
		}
		if old := r.NoncurrentVersionExpiration; old != nil && old.NoncurrentDays != nil {
			rule.NoncurrentDays = evidence.Known(int(*old.NoncurrentDays))
			rule.NewerKept = evidence.Known(int(sdk.ToInt32(old.NewerNoncurrentVersions)))
		}
		l.Rules = append(l.Rules, rule)
	}
	return l
}

// forAllObjects says whether a rule has no filter, or an empty one. Prefix is where older rules have it.
func forAllObjects(r types.LifecycleRule) bool {
	if sdk.ToString(r.Prefix) != "" { //nolint:staticcheck // rules from before there were filters still have it
		return false
	}
	f := r.Filter
	return f == nil || sdk.ToString(f.Prefix) == "" && f.Tag == nil && f.And == nil && f.ObjectSizeGreaterThan == nil && f.ObjectSizeLessThan == nil
}

// expiryDays are the days after which a rule deletes current objects. An expiry by date is not known: it depends on the
// day on which it is looked at.
func expiryDays(e *types.LifecycleExpiration) evidence.Value[int] {
	switch {
	case e == nil:
		return evidence.Known(evidence.Never)
	case e.Date != nil:
		return evidence.Unresolved[int](evidence.Because("depends_on_date"))
	case sdk.ToInt32(e.Days) == 0: // it removes delete markers only
		return evidence.Known(evidence.Never)
	}
	return evidence.Known(int(*e.Days))
}
