package fakeaws

import (
	"net/http"
	"slices"
)

// rdsOperations are those of RDS. Resources, all by identifier or name: "rds.instance", "rds.cluster", "rds.snapshot" and
// "rds.clustersnapshot" (in the Sub of which stands with whom they are shared), "rds.automatedbackup", "rds.globalcluster",
// "rds.subnetgroup", "rds.parametergroup" and "rds.clusterparametergroup". Their parameters are an "rds.parameter" and an
// "rds.clusterparameter" each, of which IDs names the group.
func rdsOperations() []Operation {
	return []Operation{
		rdsParameters("rds.DescribeDBClusterParameters", "rds.clusterparameter", "rds.clusterparametergroup", "DBClusterParameterGroupName"),
		{
			Name: "rds.DescribeDBClusterSnapshotAttributes", Of: "rds.clustersnapshot", By: "DBClusterSnapshotIdentifier",
			Missing: Error{Status: http.StatusNotFound, Code: "DBClusterSnapshotNotFoundFault", Message: "DBClusterSnapshot <resource> not found."},
			Show: func(r Resource) any {
				return Node{"DBClusterSnapshotAttributesResult": Node{"DBClusterSnapshotIdentifier": r.ID,
					"DBClusterSnapshotAttributes": List{Name: "DBClusterSnapshotAttribute", Items: []any{sharedWith()}}}}
			},
		},
		rdsSnapshots("rds.DescribeDBClusterSnapshots", "rds.clustersnapshot", "DBClusterSnapshot"),
		rdsList("rds.DescribeDBClusters", "rds.cluster", "DBClusters", "DBCluster"),
		rdsList("rds.DescribeDBInstanceAutomatedBackups", "rds.automatedbackup", "DBInstanceAutomatedBackups", "DBInstanceAutomatedBackup"),
		{
			Name: "rds.DescribeDBInstances", Lists: "rds.instance", By: "DBInstanceIdentifier", At: "DBInstances", Item: "DBInstance",
			TokenIn: "Marker", TokenOut: "Marker", SizeIn: "MaxRecords", MaxPage: 100,
			Missing: Error{Status: http.StatusNotFound, Code: "DBInstanceNotFound", Message: "DBInstance <resource> not found."},
		},
		rdsParameters("rds.DescribeDBParameters", "rds.parameter", "rds.parametergroup", "DBParameterGroupName"),
		{
			Name: "rds.DescribeDBSnapshotAttributes", Of: "rds.snapshot", By: "DBSnapshotIdentifier",
			Missing: Error{Status: http.StatusNotFound, Code: "DBSnapshotNotFound", Message: "DBSnapshot <resource> not found."},
			Show: func(r Resource) any {
				return Node{"DBSnapshotAttributesResult": Node{"DBSnapshotIdentifier": r.ID,
					"DBSnapshotAttributes": List{Name: "DBSnapshotAttribute", Items: []any{sharedWith()}}}}
			},
		},
		rdsSnapshots("rds.DescribeDBSnapshots", "rds.snapshot", "DBSnapshot"),
		rdsList("rds.DescribeDBSubnetGroups", "rds.subnetgroup", "DBSubnetGroups", "DBSubnetGroup"),
		rdsList("rds.DescribeGlobalClusters", "rds.globalcluster", "GlobalClusters", "GlobalClusterMember"),
	}
}

func rdsList(name, lists, at, item string) Operation {
	return Operation{Name: name, Lists: lists, At: at, Item: item, TokenIn: "Marker", TokenOut: "Marker", SizeIn: "MaxRecords", MaxPage: 100}
}

// rdsSnapshots lists snapshots of the type that is asked for.
func rdsSnapshots(name, lists, item string) Operation {
	o := rdsList(name, lists, item+"s", item)
	o.Keep = func(r Request, snapshot Resource) bool {
		return !r.Params.Has("SnapshotType") || snapshot.Doc["SnapshotType"] == r.Params.Get("SnapshotType")
	}
	return o
}

// rdsParameters lists the parameters of a group, those that the filter names where there is one.
func rdsParameters(name, lists, of, by string) Operation {
	o := rdsList(name, lists, "Parameters", "Parameter")
	o.Of, o.By = of, by
	o.Missing = Error{Status: http.StatusNotFound, Code: "DBParameterGroupNotFound", Message: "DBParameterGroup not found: <resource>"}
	o.Keep = func(r Request, parameter Resource) bool {
		for _, filter := range r.Params.List("Filters") {
			if filter.Get("Name") == "parameter-name" && !slices.Contains(filter.All("Values"), parameter.Doc["ParameterName"].(string)) {
				return false
			}
		}
		return slices.Contains(parameter.IDs, r.Params.Get(by))
	}
	return o
}

// sharedWith is the attribute of a snapshot that says which accounts may restore it.
func sharedWith(accounts ...any) Node {
	return Node{"AttributeName": "restore", "AttributeValues": List{Name: "AttributeValue", Items: accounts}}
}
