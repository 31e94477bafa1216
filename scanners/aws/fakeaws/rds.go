package fakeaws

import "net/http"

// rdsOperations are those of RDS. Resources: "rds.instance", by identifier.
func rdsOperations() []Operation {
	return []Operation{
		{
			Name: "rds.DescribeDBInstances", Lists: "rds.instance", By: "DBInstanceIdentifier", At: "DBInstances", Item: "DBInstance",
			TokenIn: "Marker", TokenOut: "Marker", SizeIn: "MaxRecords", MaxPage: 100,
			Missing: Error{Status: http.StatusNotFound, Code: "DBInstanceNotFound", Message: "DBInstance <resource> not found."},
		},
	}
}
