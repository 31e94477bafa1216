package main

import "flag"

var updateDenials = flag.Bool("update-denials", false, "accept the matrix of refusals")

// denialExceptions says for operations why nothing becomes unknown when they are refused.
func denialExceptions() map[string]string {
	return map[string]string{
		"account.ListRegions":          "ec2.DescribeRegions tells the same",
		"iam.GenerateCredentialReport": "a report that is there already tells the same",
		"iam.GetAccountSummary":        "the credential report tells the same of the root user",
	}
}
