package fakeaws

import "slices"

// StandardAccount is the account of the standard estate.
const StandardAccount = "111122223333"

// Standard is the estate against which the whole collector is tested: of every kind of thing one that keeps the usual
// promises, named good, and one that does not, named bad. Most are in eu-central-1, some in eu-north-1, and us-east-1
// has one or two outside of Europe.
func Standard() Estate {
	return Estate{Accounts: []Account{{
		ID: StandardAccount, Name: "Exempel AB", Regions: []string{"eu-central-1", "eu-north-1", "us-east-1"},
		Resources: slices.Concat(
			cloudtrailEstate(StandardAccount),
			cloudwatchlogsEstate(StandardAccount),
			cognitoEstate(StandardAccount),
			configserviceEstate(StandardAccount),
			ec2Estate(StandardAccount),
			guarddutyEstate(StandardAccount),
			iamEstate(StandardAccount),
			s3Estate(StandardAccount),
		),
	}}}
}

// s3Estate are the buckets of the standard estate.
func s3Estate(string) []Resource { return nil }
