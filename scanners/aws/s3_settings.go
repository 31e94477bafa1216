package aws

import (
	"context"
	"strings"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// encryption is the level of the bucket's default encryption. Every bucket has one since 2023-01-05, by a key that S3
// owns: no configuration means that.
func (b *s3Bucket) encryption(ctx context.Context) evidence.Value[string] {
	out, m := askBucket(ctx, b, (*s3.Client).GetBucketEncryption, &s3.GetBucketEncryptionInput{Bucket: &b.name})
	unset := evidence.Default(evidence.EncryptionProviderOwned, awsrules.DocBucketEncryption)
	return told(out, m, unset, func(o *s3.GetBucketEncryptionOutput) evidence.Value[string] {
		if o.ServerSideEncryptionConfiguration == nil {
			return unset
		}
		for _, rule := range o.ServerSideEncryptionConfiguration.Rules {
			if rule.ApplyServerSideEncryptionByDefault != nil {
				return b.ruleLevel(ctx, *rule.ApplyServerSideEncryptionByDefault)
			}
		}
		return unset
	})
}

// ruleLevel is the level of a rule of default encryption. SSE-KMS without a key uses aws/s3, which AWS manages.
func (b *s3Bucket) ruleLevel(ctx context.Context, rule types.ServerSideEncryptionByDefault) evidence.Value[string] {
	switch rule.SSEAlgorithm {
	case types.ServerSideEncryptionAes256:
		return evidence.Known(evidence.EncryptionProviderOwned)
	case types.ServerSideEncryptionAwsKms, types.ServerSideEncryptionAwsKmsDsse:
		return b.levelOf(ctx, b.region, rule.KMSMasterKeyID, evidence.Known(evidence.EncryptionProviderManaged))
	}
	return evidence.Unresolved[string](evidence.Because("value_not_understood"))
}

func (b *s3Bucket) versioning(ctx context.Context) evidence.Value[string] {
	out, m := askBucket(ctx, b, (*s3.Client).GetBucketVersioning, &s3.GetBucketVersioningInput{Bucket: &b.name})
	unset := evidence.Default("disabled", awsrules.DocBucketVersioning)
	return told(out, m, unset, func(o *s3.GetBucketVersioningOutput) evidence.Value[string] {
		switch o.Status {
		case "":
			return unset
		case types.BucketVersioningStatusEnabled, types.BucketVersioningStatusSuspended:
			return evidence.Known(strings.ToLower(string(o.Status)))
		}
		return evidence.Unresolved[string](evidence.Because("value_not_understood"))
	})
}

// logging says whether requests are logged, and notes the bucket that the logs go to.
func (b *s3Bucket) logging(ctx context.Context) evidence.Value[bool] {
	out, m := askBucket(ctx, b, (*s3.Client).GetBucketLogging, &s3.GetBucketLoggingInput{Bucket: &b.name})
	if !m.vanished() {
		b.logUnknown(m)
	}
	unset := evidence.Default(false, awsrules.DocBucketLogging)
	return told(out, m, unset, func(o *s3.GetBucketLoggingOutput) evidence.Value[bool] {
		if o.LoggingEnabled == nil {
			return unset
		}
		b.logInto(sdk.ToString(o.LoggingEnabled.TargetBucket))
		return evidence.Known(true)
	})
}

// unversioned says whether the bucket is known to keep no versions, or not any more. Neither replication nor object lock
// can be configured then, so nothing has to be asked.
//   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-and-other-bucket-configs.html
//   - https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
func unversioned(versioning evidence.Value[string]) bool {
	word, known := versioning.Get()
	return known && word != "enabled"
}

func (b *s3Bucket) objectLock(ctx context.Context, versioning evidence.Value[string]) evidence.Value[bool] {
	if unversioned(versioning) {
		return evidence.Default(false, awsrules.DocBucketLock).At(by("s3.GetBucketVersioning")...)
	}
	return asked(b.site, "GetObjectLockConfiguration", func() evidence.Value[bool] {
		out, m := askBucket(ctx, b, (*s3.Client).GetObjectLockConfiguration, &s3.GetObjectLockConfigurationInput{Bucket: &b.name})
		unset := evidence.Default(false, awsrules.DocBucketLock)
		return told(out, m, unset, func(o *s3.GetObjectLockConfigurationOutput) evidence.Value[bool] {
			lock := o.ObjectLockConfiguration
			return evidence.Known(lock != nil && lock.ObjectLockEnabled == types.ObjectLockEnabledEnabled)
		})
	})
}

// copies are the regions of the buckets that objects are replicated to.
func (b *s3Bucket) copies(ctx context.Context, versioning evidence.Value[string]) evidence.Value[[]string] {
	if unversioned(versioning) {
		return regionsBut(b.region, nil).At(by("s3.GetBucketVersioning")...)
	}
	return asked(b.site, "GetBucketReplication", func() evidence.Value[[]string] {
		out, m := askBucket(ctx, b, (*s3.Client).GetBucketReplication, &s3.GetBucketReplicationInput{Bucket: &b.name})
		return told(out, m, regionsBut(b.region, nil), func(o *s3.GetBucketReplicationOutput) evidence.Value[[]string] {
			if o.ReplicationConfiguration == nil {
				return regionsBut(b.region, nil)
			}
			return b.replicas(o.ReplicationConfiguration.Rules)
		})
	})
}

// replicas are the regions of the destinations of rules. A destination that is not among the account's own buckets may be
// anywhere.
func (b *s3Bucket) replicas(rules []types.ReplicationRule) evidence.Value[[]string] {
	var regions []string
	var more []evidence.Reason
	for _, rule := range rules {
		if rule.Status == types.ReplicationRuleStatusDisabled || rule.Destination == nil {
			continue
		}
		name := bucketOf(sdk.ToString(rule.Destination.Bucket))
		if b.regions[name] == "" {
			more = append(more, evidence.Because("copy_bucket_elsewhere", "bucket", name))
			continue
		}
		regions = append(regions, b.regions[name])
	}
	return regionsBut(b.region, regions).Incomplete(more...)
}

// bucketOf is the name in a bucket's ARN.
func bucketOf(arn string) string { return arn[strings.LastIndex(arn, ":")+1:] }
