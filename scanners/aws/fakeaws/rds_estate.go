package fakeaws

import "slices"

// rdsEstate: the good databases keep every promise, each in another way; the bad ones are as AWS makes them when it is told
// nothing, or worse.
func rdsEstate(account string) []Resource {
	return slices.Concat(rdsInstanceEstate(account), rdsClusterEstate(account), rdsSnapshotEstate(account), rdsGroupEstate())
}

// goodDatabases is the key of the good databases.
const goodDatabases = "good-databases"

func rdsInstanceEstate(account string) []Resource {
	region := "eu-central-1"
	good := func(doc Node) Node {
		return with(Node{
			"StorageEncrypted": true, "StorageEncryptionType": "sse-kms", "KmsKeyId": keyARN(account, region, goodDatabases), "MultiAZ": true,
			"DeletionProtection": true, "BackupRetentionPeriod": 35, "DBSubnetGroup": newSubnets("good", "subnet-good-a", "subnet-good-b"),
			"EnabledCloudwatchLogsExports": []string{"postgresql"}, "DBParameterGroups": newParameterGroups("good-postgres", "in-sync"),
			"MasterUserSecret": Node{"SecretArn": "arn:aws:secretsmanager:eu-central-1:" + account + ":secret:rds", "SecretStatus": "active"},
		}, doc)
	}
	return []Resource{
		diskKey(account, region, goodDatabases), managedKey(account, region, "aws-databases"),
		NewDatabase(account, region, "good-orders", good(Node{"DBInstanceAutomatedBackupsReplications": List{
			Name: "DBInstanceAutomatedBackupsReplication", Items: []any{Node{"DBInstanceAutomatedBackupsArn": "arn:aws:rds:eu-north-1:" + account + ":auto-backup:ab-good"}}}})),
		NewDatabase(account, region, "good-wiki", good(Node{"Engine": "mariadb", "EngineVersion": "11.4.3",
			"EnabledCloudwatchLogsExports": []string{"error"}, "DBParameterGroups": newParameterGroups("good-mariadb", "in-sync"),
			"KmsKeyId": keyARN(account, region, "aws-databases")})),
		NewDatabase(account, region, "bad-plain", Node{"Engine": "mysql", "EngineVersion": "8.0.39", "PubliclyAccessible": true,
			"BackupRetentionPeriod": 0, "LatestRestorableTime": nil, "AutoMinorVersionUpgrade": false,
			"DBParameterGroups":                newParameterGroups("default.mysql8.0", "in-sync"),
			"ReadReplicaDBInstanceIdentifiers": List{Name: "ReadReplicaDBInstanceIdentifier", Items: []any{"arn:aws:rds:us-east-1:" + account + ":db:bad-replica"}}}),
		NewDatabase(account, region, "bad-one-day", Node{"StorageEncrypted": true, "StorageEncryptionType": "sse-rds",
			"DBParameterGroups": newParameterGroups("good-postgres", "pending-reboot")}),
		NewDatabase(account, "us-east-1", "bad-replica", Node{"Engine": "mysql", "EngineVersion": "8.0.39",
			"DBParameterGroups": newParameterGroups("default.mysql8.0", "in-sync")}),
		{Type: "rds.automatedbackup", Region: "eu-north-1", ID: "ab-good", Doc: Node{
			"DBInstanceAutomatedBackupsArn": "arn:aws:rds:eu-north-1:" + account + ":auto-backup:ab-good", "DBInstanceArn": "arn:aws:rds:" + region + ":" + account + ":db:good-orders", "Region": region, "Status": "Replicating",
			"Encrypted": true, "KmsKeyId": keyARN(account, "eu-north-1", "good-key"), "RestoreWindow": Node{"LatestTime": DatabaseTime()}}},
	}
}

func rdsClusterEstate(account string) []Resource {
	region := "eu-central-1"
	member := func(id, cluster, engine string, doc Node) Resource {
		return NewDatabase(account, region, id, with(Node{"DBClusterIdentifier": cluster, "Engine": engine, "DBParameterGroups": nil, "LatestRestorableTime": nil}, doc))
	}
	return []Resource{
		NewDatabaseCluster(account, region, "good-aurora", Node{"StorageEncrypted": true, "StorageEncryptionType": "sse-kms",
			"KmsKeyId": keyARN(account, region, goodDatabases), "MultiAZ": true, "DeletionProtection": true, "BackupRetentionPeriod": 35, "DBSubnetGroup": "good",
			"DBClusterParameterGroup": "good-aurora", "DBClusterMembers": newMembers("in-sync", "good-aurora-1", "good-aurora-2"),
			"GlobalClusterIdentifier": "good-global", "EnabledCloudwatchLogsExports": []string{"postgresql"}, "MasterUserSecret": Node{"SecretStatus": "active"}}),
		member("good-aurora-1", "good-aurora", "aurora-postgresql", nil), member("good-aurora-2", "good-aurora", "aurora-postgresql", nil),
		NewDatabaseCluster(account, region, "good-documents", Node{"Engine": "docdb", "EngineVersion": "5.0.0", "StorageEncrypted": true,
			"StorageEncryptionType": "sse-rds", "MultiAZ": true, "DeletionProtection": true, "BackupRetentionPeriod": 35, "DBSubnetGroup": "good",
			"DBClusterParameterGroup": "good-docdb", "DBClusterMembers": newMembers("in-sync", "good-documents-1")}),
		member("good-documents-1", "good-documents", "docdb", nil),
		NewDatabaseCluster(account, region, "bad-graph", Node{"Engine": "neptune", "EngineVersion": "1.3.2.1",
			"DBClusterParameterGroup": "bad-neptune", "DBClusterMembers": newMembers("in-sync", "bad-graph-1", "bad-graph-2")}),
		member("bad-graph-1", "bad-graph", "neptune", nil), member("bad-graph-2", "bad-graph", "neptune", Node{"PubliclyAccessible": true, "AutoMinorVersionUpgrade": false}),
		{Type: "rds.globalcluster", Region: region, ID: "good-global", Doc: Node{"GlobalClusterIdentifier": "good-global",
			"GlobalClusterMembers": List{Name: "GlobalClusterMember", Items: []any{
				Node{"DBClusterArn": "arn:aws:rds:eu-central-1:" + account + ":cluster:good-aurora", "IsWriter": true,
					"Readers": []string{"arn:aws:rds:eu-north-1:" + account + ":cluster:good-aurora-north"}},
			}}}},
	}
}

func rdsSnapshotEstate(account string) []Resource {
	region := "eu-central-1"
	snapshot := func(id, typ string, doc Node) Resource {
		return Resource{Type: "rds.snapshot", Region: region, ID: id, Doc: with(Node{
			"DBSnapshotIdentifier": id, "DBSnapshotArn": "arn:aws:rds:" + region + ":" + account + ":snapshot:" + id, "SnapshotType": typ,
			"Encrypted": false, "StorageEncryptionType": "none"}, doc)}
	}
	public := snapshot("bad-public", "manual", nil)
	public.Sub = map[string]any{"rds.DescribeDBSnapshotAttributes": Node{"DBSnapshotAttributesResult": Node{
		"DBSnapshotAttributes": List{Name: "DBSnapshotAttribute", Items: []any{sharedWith("all")}}}}}
	return []Resource{
		snapshot("good-before-upgrade", "manual", Node{"Encrypted": true, "StorageEncryptionType": "sse-kms", "KmsKeyId": keyARN(account, region, goodDatabases)}),
		public, snapshot("rds:bad-plain-2026-11-20", "automated", nil),
		{Type: "rds.clustersnapshot", Region: region, ID: "good-cluster-snapshot", Doc: Node{"DBClusterSnapshotIdentifier": "good-cluster-snapshot",
			"DBClusterSnapshotArn": "arn:aws:rds:" + region + ":" + account + ":cluster-snapshot:good-cluster-snapshot", "SnapshotType": "manual",
			"StorageEncrypted": true, "StorageEncryptionType": "sse-kms", "KmsKeyId": keyARN(account, region, goodDatabases)}},
		{Type: "rds.clustersnapshot", Region: region, ID: "bad-cluster-snapshot", Doc: Node{"DBClusterSnapshotIdentifier": "bad-cluster-snapshot",
			"DBClusterSnapshotArn": "arn:aws:rds:" + region + ":" + account + ":cluster-snapshot:bad-cluster-snapshot", "SnapshotType": "manual",
			"StorageEncrypted": false, "StorageEncryptionType": "none"}},
	}
}

// rdsGroupEstate are parameter groups and subnet groups. Engines write the same switch as 1, on and enabled.
func rdsGroupEstate() []Resource {
	region := "eu-central-1"
	return slices.Concat(
		NewParameter(region, "good-postgres", "rds.force_ssl", "1", false),
		NewParameter(region, "good-mariadb", "require_secure_transport", "ON", false),
		NewParameter(region, "default.mysql8.0", "require_secure_transport", "", false),
		NewParameter("us-east-1", "default.mysql8.0", "require_secure_transport", "", false),
		NewParameter(region, "good-aurora", "rds.force_ssl", "1", true),
		NewParameter(region, "good-docdb", "tls", "enabled", true),
		NewParameter(region, "bad-neptune", "neptune_enforce_ssl", "0", true),
		[]Resource{newSubnetGroup(region, "good", "subnet-good-a", "subnet-good-b"), newSubnetGroup(region, "default", "subnet-bad-a", "subnet-bad-b")},
	)
}
