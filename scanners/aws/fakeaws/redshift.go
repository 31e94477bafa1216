package fakeaws

import "net/http"

// redshiftOperations are those of Redshift. Resources by name: "redshift.cluster", "redshift.parametergroup" with its
// parameters in its Sub, "redshift.subnetgroup".
func redshiftOperations() []Operation {
	list := func(name, lists, at, item string) Operation {
		return Operation{Name: "redshift." + name, Lists: lists, At: at, Item: item, TokenIn: "Marker", TokenOut: "Marker", SizeIn: "MaxRecords", MaxPage: 100}
	}
	return []Operation{
		{
			Name: "redshift.DescribeClusterParameters", Of: "redshift.parametergroup", By: "ParameterGroupName", At: "Parameters", Item: "Parameter",
			TokenIn: "Marker", TokenOut: "Marker", SizeIn: "MaxRecords", MaxPage: 100,
			Missing: Error{Status: http.StatusNotFound, Code: "ClusterParameterGroupNotFound", Message: "Parameter group <resource> not found"},
		},
		list("DescribeClusterSubnetGroups", "redshift.subnetgroup", "ClusterSubnetGroups", "ClusterSubnetGroup"),
		list("DescribeClusters", "redshift.cluster", "Clusters", "Cluster"),
		{
			Name: "redshift.DescribeLoggingStatus", Of: "redshift.cluster", By: "ClusterIdentifier",
			Show:    func(Resource) any { return Node{"LoggingEnabled": false} },
			Missing: Error{Status: http.StatusNotFound, Code: "ClusterNotFound", Message: "Cluster <resource> not found."},
		},
	}
}

// redshiftEstate is a good warehouse, one that is as nobody should make it, and one that waits for a restart.
func redshiftEstate(account string) []Resource {
	region := "eu-central-1"
	groups := func(name, status string) List {
		return List{Name: "ClusterParameterGroup", Items: []any{Node{"ParameterGroupName": name, "ParameterApplyStatus": status,
			"ClusterParameterStatusList": []Node{{"ParameterName": "require_ssl", "ParameterApplyStatus": status}}}}}
	}
	cluster := func(id string, doc Node) Resource {
		return Resource{Type: "redshift.cluster", Region: region, ID: id, Doc: with(Node{"ClusterIdentifier": id, "Encrypted": false,
			"PubliclyAccessible": false, "AutomatedSnapshotRetentionPeriod": 1, "MultiAZ": "Disabled", "AllowVersionUpgrade": true,
			"ClusterSubnetGroupName": "bad", "ClusterParameterGroups": groups("bad", "in-sync")}, doc)}
	}
	good := cluster("good-warehouse", Node{"Encrypted": true, "KmsKeyId": keyARN(account, region, "good-warehouse"),
		"AutomatedSnapshotRetentionPeriod": 35, "MultiAZ": "Enabled", "ClusterSubnetGroupName": "good", "ClusterParameterGroups": groups("good", "in-sync"),
		"ClusterSnapshotCopyStatus": Node{"DestinationRegion": "eu-north-1"}, "MasterPasswordSecretArn": "arn:aws:secretsmanager:eu-central-1:" + account + ":secret:x"})
	good.Sub = map[string]any{"redshift.DescribeLoggingStatus": Node{"LoggingEnabled": true, "LogDestinationType": "s3", "BucketName": "good-logs"}}
	return []Resource{
		diskKey(account, region, "good-warehouse"), good,
		cluster("bad-warehouse", Node{"PubliclyAccessible": true, "AllowVersionUpgrade": false}),
		cluster("bad-waiting", Node{"Encrypted": true, "ClusterParameterGroups": groups("good", "pending-reboot")}),
		redshiftParameters(region, "good", "true"), redshiftParameters(region, "bad", "false"),
		{Type: "redshift.subnetgroup", Region: region, ID: "good", Doc: redshiftSubnets("good", "subnet-good-a")},
		{Type: "redshift.subnetgroup", Region: region, ID: "bad", Doc: redshiftSubnets("bad", "subnet-bad-a")},
	}
}

func redshiftSubnets(name, subnet string) Node {
	return Node{"ClusterSubnetGroupName": name, "Subnets": List{Name: "Subnet", Items: []any{Node{"SubnetIdentifier": subnet}}}}
}

func redshiftParameters(region, name, requireSSL string) Resource {
	return Resource{Type: "redshift.parametergroup", Region: region, ID: name, Sub: map[string]any{"redshift.DescribeClusterParameters": []Node{
		{"ParameterName": "auto_analyze", "ParameterValue": "true"}, {"ParameterName": "require_ssl", "ParameterValue": requireSSL}}}}
}
