// Package fakeaws is an AWS for tests: one HTTP server on this machine that speaks the wire formats of AWS, so that the clients
// of the SDK run against it as they are. It knows no data beyond what a test puts into it, and can refuse, throttle, hang and
// answer nonsense wherever a test wants it to.
//
//	var estate fakeaws.Estate
//	estate.Add("111122223333", fakeaws.Resource{
//		Type: "s3.bucket", ID: "logs",
//		Doc: fakeaws.Node{"Name": "logs", "BucketRegion": "eu-north-1"},
//		Sub: map[string]any{"s3.GetBucketEncryption": fakeaws.Node{"Rule": fakeaws.Flat{ ... }}},
//	})
//	server := fakeaws.New(estate)
//	defer server.Close()
//	client := s3.New(s3.Options{
//		BaseEndpoint: &server.URL, Region: "eu-north-1", UsePathStyle: true,
//		Credentials: credentials.NewStaticCredentialsProvider(fakeaws.AccessKey("111122223333"), fakeaws.Secret, ""),
//	})
//	server.Break(fakeaws.Rule{Operation: "s3.GetBucketEncryption", Resource: "logs", Error: fakeaws.Denied("")})
//
// Account, region and service of a request are read from its signature; the signature itself is not checked. Resources without
// a region are found from all regions.
//
// # How a service's file adds its operations
//
// One file per service has one function that returns its operations, and operations() in operations.go calls it:
//
//	func snsOperations() []Operation {
//		return []Operation{
//			{
//				Name: "sns.GetTopicAttributes", Of: "sns.topic", By: "TopicArn",
//				Missing: Error{Status: 404, Code: "NotFound", Message: "Topic does not exist"},
//			},
//			{Name: "sns.ListTopics", Lists: "sns.topic", At: "Topics", TokenIn: "NextToken", TokenOut: "NextToken", MaxPage: 100},
//		}
//	}
//
// An operation with Lists answers the resources of a type, one with Of answers about the one that By names. What stands in the
// answer is the resource's Sub entry for the operation, or what Show makes of the resource, or (in lists) its Doc:
//
//	Resource{
//		Type: "sns.topic", Region: "eu-north-1", ID: arn,
//		Doc: Node{"TopicArn": arn},
//		Sub: map[string]any{"sns.GetTopicAttributes": Node{"Attributes": Entries{"KmsMasterKeyId": "alias/x"}}},
//	}
//
// A Sub entry that is a slice is a list of the resource's own (the policies attached to a role), paged like Lists at At. A list of
// what belongs to a parent has Lists, Of (the parent's type), By (the parameter that names it) and Keep. What an account has once
// (a password policy) is a resource with the ID "", and its operation has Of without By. The rest has Answer, whose Items are paged
// at At like any list.
//
// REST services also say Path, as the SDK's serializers have it. A parameter without a value is part of the name there: ?acl
// belongs to another operation than the plain path, and must be in Path.
//
// Wire names are those of the service's API reference: lower camel case in EC2 ("volumeSet" with "item"), which differ from the
// SDK's field names. XML lists are "member" lists unless Item or a List says otherwise; in RDS, ElastiCache and S3 most do.
//
// A filter of a list is a Keep: r.Params.Filter("vpc-id") are the values that the client asks for. Times are time.Time in XML and
// CBOR; in JSON a time.Time becomes seconds since 1970, and what the service writes as text is a string.
//
// # What is told apart
//
// Requests of no operation end in [Server.Unknown]: let tests fail on them. [Server.Calls] has all others in order, with the
// resource that By names, the page and the status.
package fakeaws
