package main

import "flag"

var updateDenials = flag.Bool("update-denials", false, "accept the matrix of refusals")

// denialExceptions says for operations, or for one way of refusing them, why nothing becomes unknown.
func denialExceptions() map[string]string {
	return map[string]string{
		"account.ListRegions": "ec2.DescribeRegions tells the same",
	}
}
