package fakeaws

import "slices"

// StandardAccount is the account of the standard estate.
const StandardAccount = "111122223333"

// Standard is the estate against which the whole collector is tested: of every kind of thing one that keeps the usual
// promises, named good, and one that does not, named bad. Most are in eu-central-1, some in eu-north-1, and us-east-1
// has one or two outside of Europe; eu-west-1 is empty but for its default network.
func Standard() Estate {
	return Estate{Accounts: []Account{{
		ID: StandardAccount, Name: "Exempel AB", Regions: append(standardRegions(), "eu-west-1"),
		Resources: slices.Concat(
			acmEstate(StandardAccount),
			apigatewayEstate(StandardAccount),
			backupEstate(StandardAccount),
			cloudfrontEstate(StandardAccount),
			cloudtrailEstate(StandardAccount),
			cloudwatchEstate(StandardAccount),
			cloudwatchlogsEstate(StandardAccount),
			cognitoEstate(StandardAccount),
			configserviceEstate(StandardAccount),
			dynamodbEstate(StandardAccount),
			ec2Estate(StandardAccount),
			ecrEstate(StandardAccount),
			ecsEstate(StandardAccount),
			eksEstate(StandardAccount),
			elasticacheEstate(StandardAccount),
			elbEstate(StandardAccount),
			eventbridgeEstate(StandardAccount),
			filesEstate(StandardAccount),
			guarddutyEstate(StandardAccount),
			iamEstate(StandardAccount),
			kinesisEstate(StandardAccount),
			kmsEstate(StandardAccount),
			lambdaEstate(StandardAccount),
			memorydbEstate(StandardAccount),
			opensearchEstate(StandardAccount),
			patchesEstate(StandardAccount),
			rdsEstate(StandardAccount),
			redshiftEstate(StandardAccount),
			s3Estate(StandardAccount),
			secretsEstate(StandardAccount),
			snsEstate(StandardAccount),
			sqsEstate(StandardAccount),
		),
	}}}
}

// standardRegions are the regions that the standard estate uses.
func standardRegions() []string { return []string{"eu-central-1", "eu-north-1", "us-east-1"} }
