package fakeaws

import "slices"

// operations are all operations that the server knows. Each service's file has one list.
func operations() []Operation {
	return slices.Concat(
		frameOperations(),
		backupOperations(),
		cloudtrailOperations(),
		cloudwatchOperations(),
		cloudwatchlogsOperations(),
		cognitoOperations(),
		configserviceOperations(),
		dynamodbOperations(),
		ec2Operations(),
		filesOperations(),
		guarddutyOperations(),
		iamOperations(),
		kinesisOperations(),
		kmsOperations(),
		rdsOperations(),
		s3Operations(),
		secretsOperations(),
		snsOperations(),
		sqsOperations(),
	)
}
