package aws

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"testing"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/tomscan/tomscan/evidence"
)

// sdkError is an error as the SDK returns it: of the protocol, within an HTTP answer, within the operation.
func sdkError(status int, code, message string) error {
	var inner error = &smithy.GenericAPIError{Code: code, Message: message}
	if code == "" {
		inner = &smithy.DeserializationError{Err: errors.New("unexpected text")}
	}
	return &smithy.OperationError{ServiceID: "X", OperationName: "Y", Err: &awshttp.ResponseError{
		RequestID: "r-1",
		ResponseError: &smithyhttp.ResponseError{
			Response: &smithyhttp.Response{Response: &http.Response{StatusCode: status}}, Err: inner,
		},
	}}
}

func TestClassify(t *testing.T) {
	const user = "User: arn:aws:sts::111122223333:assumed-role/tomscan/s is not authorized to perform: "
	tests := []struct {
		name, operation string
		err             error
		want            evidence.Outcome
		code            string
	}{
		{"S3's denial", "s3.GetBucketPolicy", sdkError(403, "AccessDenied", "Access Denied"), evidence.OutcomeDenied, "AccessDenied"},
		{"S3's denial by a service control policy", "s3.GetBucketPolicy",
			sdkError(403, "AccessDenied", user+"s3:GetBucketPolicy on resource: \"arn:aws:s3:::b\" with an explicit deny in a service control policy"),
			evidence.OutcomeDeniedByOrganization, "AccessDenied"},
		{"denial by a resource control policy", "s3.GetBucketPolicy",
			sdkError(403, "AccessDenied", user+"s3:GetBucketPolicy on resource: \"arn:aws:s3:::b\" with an explicit deny in a resource control policy"),
			evidence.OutcomeDeniedByOrganization, "AccessDenied"},
		{"denial by a permissions boundary", "iam.ListUsers",
			sdkError(403, "AccessDenied", user+"iam:ListUsers on resource: * because no permissions boundary allows the iam:ListUsers action"),
			evidence.OutcomeDenied, "AccessDenied"},
		{"denial by a resource's own policy", "kms.DescribeKey",
			sdkError(400, "AccessDeniedException", user+"kms:DescribeKey on resource: k with an explicit deny in a resource-based policy"),
			evidence.OutcomeDenied, "AccessDeniedException"},
		{"EC2's denial", "ec2.DescribeVolumes", sdkError(403, "UnauthorizedOperation", "You are not authorized to perform this operation."),
			evidence.OutcomeDenied, "UnauthorizedOperation"},
		{"SNS's denial", "sns.ListTopics", sdkError(403, "AuthorizationError", user+"SNS:ListTopics"), evidence.OutcomeDenied, "AuthorizationError"},
		{"denial with status 400, as JSON services send it", "dynamodb.ListTables",
			sdkError(400, "com.amazon.coral.service#AccessDeniedException", user+"dynamodb:ListTables"), evidence.OutcomeDenied, "AccessDeniedException"},
		{"a 403 that is no error of the protocol", "backup.ListBackupPlans", sdkError(403, "", ""), evidence.OutcomeDenied, ""},
		{"Macie that is not enabled answers like a denial", "macie2.GetMacieSession",
			sdkError(403, "AccessDeniedException", "Macie is not enabled"), evidence.OutcomeNotEnabled, "AccessDeniedException"},
		{"Macie's real denial", "macie2.GetMacieSession",
			sdkError(403, "AccessDeniedException", user+"macie2:GetMacieSession"), evidence.OutcomeDenied, "AccessDeniedException"},
		{"Security Hub that is not enabled", "securityhub.DescribeHub",
			sdkError(401, "InvalidAccessException", "Account 111122223333 is not subscribed to AWS Security Hub"), evidence.OutcomeNotEnabled, "InvalidAccessException"},
		{"an account in no organisation", "organizations.ListAccounts",
			sdkError(400, "AWSOrganizationsNotInUseException", "Your account is not a member of an organization."), evidence.OutcomeNotEnabled, "AWSOrganizationsNotInUseException"},
		{"a service that wants a subscription", "x.Y", sdkError(403, "SubscriptionRequiredException", ""), evidence.OutcomeNotEnabled, "SubscriptionRequiredException"},
		{"a service that wants an opt-in", "ec2.DescribeVpcs", sdkError(401, "OptInRequired", ""), evidence.OutcomeNotEnabled, "OptInRequired"},
		{"a region that is not enabled, EC2", "ec2.DescribeVpcs", sdkError(401, "AuthFailure", "AWS was not able to validate the provided access credentials"),
			evidence.OutcomeUnsupportedRegion, "AuthFailure"},
		{"a region that is not enabled, JSON", "kms.ListKeys", sdkError(400, "UnrecognizedClientException", "The security token included in the request is invalid."),
			evidence.OutcomeUnsupportedRegion, "UnrecognizedClientException"},
		{"a region that is not enabled, query", "rds.DescribeDBInstances", sdkError(403, "InvalidClientTokenId", "The security token included in the request is invalid."),
			evidence.OutcomeUnsupportedRegion, "InvalidClientTokenId"},
		{"a service that is not in the region", "x.Y", &net.OpError{Op: "dial", Err: &net.DNSError{Err: "no such host", IsNotFound: true}},
			evidence.OutcomeUnsupportedRegion, "no such host"},
		{"no password policy", "iam.GetAccountPasswordPolicy", sdkError(404, "NoSuchEntity", ""), evidence.OutcomeAbsent, "NoSuchEntity"},
		{"no bucket policy", "s3.GetBucketPolicy", sdkError(404, "NoSuchBucketPolicy", ""), evidence.OutcomeAbsent, "NoSuchBucketPolicy"},
		{"no lifecycle", "s3.GetBucketLifecycleConfiguration", sdkError(404, "NoSuchLifecycleConfiguration", ""), evidence.OutcomeAbsent, "NoSuchLifecycleConfiguration"},
		{"no replication", "s3.GetBucketReplication", sdkError(404, "ReplicationConfigurationNotFoundError", ""), evidence.OutcomeAbsent, "ReplicationConfigurationNotFoundError"},
		{"no object lock", "s3.GetObjectLockConfiguration", sdkError(404, "ObjectLockConfigurationNotFoundError", ""), evidence.OutcomeAbsent, "ObjectLockConfigurationNotFoundError"},
		{"no block of public access", "s3.GetPublicAccessBlock", sdkError(404, "NoSuchPublicAccessBlockConfiguration", ""), evidence.OutcomeAbsent, "NoSuchPublicAccessBlockConfiguration"},
		{"no tags", "s3.GetBucketTagging", sdkError(404, "NoSuchTagSet", ""), evidence.OutcomeAbsent, "NoSuchTagSet"},
		{"no file system policy", "efs.DescribeFileSystemPolicy", sdkError(404, "PolicyNotFound", ""), evidence.OutcomeAbsent, "PolicyNotFound"},
		{"a bucket that went away", "s3.GetBucketPolicy", sdkError(404, "NoSuchBucket", ""), evidence.OutcomeVanished, "NoSuchBucket"},
		{"a database that went away", "rds.DescribeDBInstances", sdkError(404, "DBInstanceNotFound", ""), evidence.OutcomeVanished, "DBInstanceNotFound"},
		{"a snapshot of a cluster that went away", "rds.DescribeDBClusterSnapshotAttributes", sdkError(404, "DBClusterSnapshotNotFoundFault", ""), evidence.OutcomeVanished,
			"DBClusterSnapshotNotFoundFault"},
		{"a cache cluster that went away", "memorydb.DescribeClusters", sdkError(404, "ClusterNotFoundFault", ""), evidence.OutcomeVanished, "ClusterNotFoundFault"},
		{"a private origin that went away", "cloudfront.GetVpcOrigin", sdkError(404, "EntityNotFound", ""), evidence.OutcomeVanished, "EntityNotFound"},
		{"a web firewall that went away", "wafv2.ListResourcesForWebACL", sdkError(400, "WAFNonexistentItemException", ""), evidence.OutcomeVanished, "WAFNonexistentItemException"},
		{"SNS's throttling", "sns.ListTopics", sdkError(429, "Throttled", ""), evidence.OutcomeThrottled, "Throttled"},
		{"throttling with a code", "rds.DescribeDBInstances", sdkError(400, "Throttling", "Rate exceeded"), evidence.OutcomeThrottled, "Throttling"},
		{"throttling with a status alone", "lambda.ListFunctions", sdkError(429, "", ""), evidence.OutcomeThrottled, ""},
		{"EC2's throttling", "ec2.DescribeVolumes", sdkError(503, "RequestLimitExceeded", ""), evidence.OutcomeThrottled, "RequestLimitExceeded"},
		{"S3's throttling", "s3.ListBuckets", sdkError(503, "SlowDown", ""), evidence.OutcomeThrottled, "SlowDown"},
		{"expired credentials are no denial", "s3.ListBuckets", sdkError(400, "ExpiredToken", "The provided token has expired."), evidence.OutcomeExpired, "ExpiredToken"},
		{"expired credentials with status 403", "sts.GetCallerIdentity", sdkError(403, "ExpiredTokenException", ""), evidence.OutcomeExpired, "ExpiredTokenException"},
		{"a request that is too old", "ec2.DescribeVpcs", sdkError(400, "RequestExpired", ""), evidence.OutcomeExpired, "RequestExpired"},
		{"a failure of the service", "rds.DescribeDBInstances", sdkError(500, "InternalFailure", ""), evidence.OutcomeError, "InternalFailure"},
		{"an operation that the endpoint does not know", "x.Y", sdkError(404, "", ""), evidence.OutcomeError, "Not Found"},
		{"an answer that is cut", "x.Y", &smithy.OperationError{Err: &smithy.DeserializationError{Err: errors.New("unexpected EOF")}}, evidence.OutcomeError, "answer not understood"},
		{"no answer in time", "x.Y", fmt.Errorf("send: %w", context.DeadlineExceeded), evidence.OutcomeError, "no answer in time"},
		{"no connection", "x.Y", &net.OpError{Op: "dial", Err: errors.New("connection refused")}, evidence.OutcomeError, "no connection"},
		{"Ctrl-C", "x.Y", &sdk.RequestCanceledError{Err: context.Canceled}, evidence.OutcomeInterrupted, "interrupted"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			outcome, code := classify(tt.operation, tt.err)
			if outcome != tt.want || code != tt.code {
				t.Errorf("got %s %q, want %s %q", outcome, code, tt.want, tt.code)
			}
		})
	}
}
