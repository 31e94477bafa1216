package fakeaws

import "slices"

// operations are all operations that the server knows. Each service's file has one list.
func operations() []Operation {
	return slices.Concat(
		frameOperations(),
		acmOperations(),
		apigatewayOperations(),
		backupOperations(),
		cloudfrontOperations(),
		cloudtrailOperations(),
		cloudwatchOperations(),
		cloudwatchlogsOperations(),
		cognitoOperations(),
		configserviceOperations(),
		dynamodbOperations(),
		ec2Operations(),
		ecrOperations(),
		ecsOperations(),
		eksOperations(),
		elasticacheOperations(),
		elbOperations(),
		filesOperations(),
		eventbridgeOperations(),
		guarddutyOperations(),
		iamOperations(),
		kinesisOperations(),
		kmsOperations(),
		lambdaOperations(),
		memorydbOperations(),
		opensearchOperations(),
		patchesOperations(),
		rdsOperations(),
		redshiftOperations(),
		s3Operations(),
		secretsOperations(),
		snsOperations(),
		sqsOperations(),
	)
}
