package fakeaws

// iamOperations are those of IAM. Resources: "iam.account", one without an ID.
func iamOperations() []Operation {
	return []Operation{
		// The summary of an account that has nothing is a map of nothing here; put Entries{"Users": 1} under "SummaryMap".
		{Name: "iam.GetAccountSummary", Of: "iam.account"},
		{
			Name: "iam.ListUsers", Lists: "iam.user", At: "Users", TokenIn: "Marker", TokenOut: "Marker", Truncated: "IsTruncated",
			SizeIn: "MaxItems", MaxPage: 1000,
		},
	}
}
