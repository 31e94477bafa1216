package aws

import (
	"context"
	"strings"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// bucketPolicy is what a bucket's policy says.
type bucketPolicy struct {
	there  evidence.Value[bool] // there is a policy
	plain  evidence.Value[string]
	tlsMin evidence.Value[int]
}

// policy reads the bucket's policy. The text is dropped.
func (b *s3Bucket) policy(ctx context.Context) bucketPolicy {
	if !b.needs("GetBucketPolicy") {
		return bucketPolicy{notAsked[bool](), notAsked[string](), notAsked[int]()}
	}
	out, m := askBucket(ctx, b, (*s3.Client).GetBucketPolicy, &s3.GetBucketPolicyInput{Bucket: &b.name})
	switch {
	case m.absent():
		return b.judge(nil)
	case m != nil:
		return bucketPolicy{refused[bool](m), refused[string](m), refused[int](m)}
	}
	document, err := awsrules.ParseDocument(sdk.ToString(out.Policy))
	if err != nil || strings.TrimSpace(sdk.ToString(out.Policy)) == "" { // without a policy there is an error
		why := evidence.Because("policy_not_readable")
		return bucketPolicy{evidence.Known(true), evidence.Unresolved[string](why), evidence.Unresolved[int](why)}
	}
	return b.judge([]awsrules.Document{document})
}

func (b *s3Bucket) judge(documents []awsrules.Document) bucketPolicy {
	whole := awsrules.WholeBucket(b.name)
	return bucketPolicy{evidence.Known(len(documents) > 0), awsrules.PlainTransport(documents, whole), awsrules.BucketTLSMin(documents, whole)}
}
