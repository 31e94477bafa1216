package fakeaws

import "net/http"

// s3Operations are those of S3. Resources: "s3.bucket", by name; "s3control.account", one without ID and region.
func s3Operations() []Operation {
	return []Operation{
		ofBucket("GetBucketAcl", "acl", "AccessControlPolicy", "s3:GetBucketAcl", ""),
		ofBucket("GetBucketEncryption", "encryption", "ServerSideEncryptionConfiguration", "s3:GetEncryptionConfiguration",
			"ServerSideEncryptionConfigurationNotFoundError"),
		ofBucket("GetBucketLifecycleConfiguration", "lifecycle", "LifecycleConfiguration", "s3:GetLifecycleConfiguration",
			"NoSuchLifecycleConfiguration"),
		{
			Name: "s3.GetBucketLocation", Path: "GET /{Bucket}?location", Action: "s3:GetBucketLocation", Root: "LocationConstraint",
			Of: "s3.bucket", By: "Bucket", Missing: noSuchBucket(),
		},
		ofBucket("GetBucketLogging", "logging", "BucketLoggingStatus", "s3:GetBucketLogging", ""),
		ofBucket("GetBucketOwnershipControls", "ownershipControls", "OwnershipControls", "s3:GetBucketOwnershipControls",
			"OwnershipControlsNotFoundError"),
		ofBucket("GetBucketPolicy", "policy", "Policy", "s3:GetBucketPolicy", "NoSuchBucketPolicy"),
		ofBucket("GetBucketPolicyStatus", "policyStatus", "PolicyStatus", "s3:GetBucketPolicyStatus", "NoSuchBucketPolicy"),
		ofBucket("GetBucketReplication", "replication", "ReplicationConfiguration", "s3:GetReplicationConfiguration",
			"ReplicationConfigurationNotFoundError"),
		ofBucket("GetBucketVersioning", "versioning", "VersioningConfiguration", "s3:GetBucketVersioning", ""),
		ofBucket("GetObjectLockConfiguration", "object-lock", "ObjectLockConfiguration", "s3:GetBucketObjectLockConfiguration",
			"ObjectLockConfigurationNotFoundError"),
		ofBucket("GetPublicAccessBlock", "publicAccessBlock", "PublicAccessBlockConfiguration", "s3:GetBucketPublicAccessBlock",
			"NoSuchPublicAccessBlockConfiguration"),
		{
			Name: "s3.ListBuckets", Path: "GET /", Action: "s3:ListAllMyBuckets", Root: "ListAllMyBucketsResult",
			Lists: "s3.bucket", At: "Buckets", Item: "Bucket", TokenIn: "continuation-token", TokenOut: "ContinuationToken",
			SizeIn: "max-buckets", MaxPage: 10000, Keep: inBucketRegion,
		},
		{
			Name: "s3control.GetPublicAccessBlock", Path: "GET /v20180820/configuration/publicAccessBlock",
			Action: "s3:GetAccountPublicAccessBlock", Root: "PublicAccessBlockConfiguration", Of: "s3control.account",
			Absent: noAccountBlock(), Missing: noAccountBlock(),
		},
	}
}

// ofBucket reads one configuration of a bucket; absent is the code of the answer when there is none, "" an empty answer.
func ofBucket(name, parameter, root, action, absent string) Operation {
	o := Operation{
		Name: "s3." + name, Path: "GET /{Bucket}?" + parameter, Action: action, Root: root, Of: "s3.bucket", By: "Bucket",
		Refuse: elsewhere, Missing: noSuchBucket(),
	}
	if absent != "" {
		o.Absent = Error{Status: http.StatusNotFound, Code: absent, Message: "The configuration was not found"}
	}
	return o
}

func noAccountBlock() Error {
	return Error{Status: http.StatusNotFound, Code: "NoSuchPublicAccessBlockConfiguration",
		Message: "The public access block configuration was not found"}
}

func noSuchBucket() Error {
	return Error{Status: http.StatusNotFound, Code: "NoSuchBucket", Message: "The specified bucket does not exist"}
}

// elsewhere sends requests in another region than the bucket's (BucketRegion of its Doc) away, as S3 does:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingRouting.html.
func elsewhere(r Request, bucket Resource) Error {
	region, ok := bucket.Doc["BucketRegion"].(string)
	if !ok || region == r.Region {
		return Error{}
	}
	return Error{
		Status: http.StatusMovedPermanently, Code: "PermanentRedirect",
		Message: "The bucket you are attempting to access must be addressed using the specified endpoint.",
		Header:  map[string]string{"X-Amz-Bucket-Region": region},
	}
}

// inBucketRegion keeps the buckets of the region that the request asks for, when it asks for one.
func inBucketRegion(r Request, bucket Resource) bool {
	region := r.Params.Get("bucket-region")
	return region == "" || region == bucket.Doc["BucketRegion"]
}
