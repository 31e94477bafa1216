package main

import "flag"

var updateDenials = flag.Bool("update-denials", false, "accept the matrix of refusals")

// denialExceptions says for operations, or for one way of refusing them, why nothing becomes unknown.
func denialExceptions() map[string]string {
	return map[string]string{
		"configservice.DescribeConfigurationRecorderStatus":   "TOM-CFG-001 fails by a region without a recorder",
		"elasticloadbalancingv2.DescribeRules, page 2 denied": "a rule of page 1 does not redirect: that decides",
		"eventbridge.ListTargetsByRule, page 2 denied":        "a target of page 1 is heard: that decides",
		"account.ListRegions":                                 "ec2.DescribeRegions tells the same",
		"iam.GenerateCredentialReport":                        "a report that is there already tells the same",
		"iam.GetAccountSummary":                               "the credential report tells the same of the root user",
	}
}
