package fakeaws

import (
	"maps"
	"time"
)

// DatabaseTime is when databases of the estates could be restored to.
func DatabaseTime() time.Time { return time.Date(2026, 11, 21, 11, 55, 0, 0, time.UTC) }

// NewDatabase is a database instance with the settings of doc, and otherwise as AWS makes it when it is told nothing.
func NewDatabase(account, region, id string, doc Node) Resource {
	all := Node{
		"DBInstanceIdentifier": id, "DBInstanceArn": "arn:aws:rds:" + region + ":" + account + ":db:" + id, "DBInstanceStatus": "available",
		"Engine": "postgres", "EngineVersion": "16.4", "StorageEncrypted": false, "StorageEncryptionType": "none", "PubliclyAccessible": false,
		"MultiAZ": false, "DeletionProtection": false, "AutoMinorVersionUpgrade": true, "BackupRetentionPeriod": 1,
		"LatestRestorableTime": DatabaseTime(), "DBSubnetGroup": newSubnets("default", "subnet-bad-a", "subnet-bad-b"),
		"DBParameterGroups": newParameterGroups("default.postgres16", "in-sync"),
	}
	maps.Copy(all, doc)
	return Resource{Type: "rds.instance", Region: region, ID: id, Doc: all}
}

// NewDatabaseCluster is a database cluster with the settings of doc, and otherwise as AWS makes it when it is told nothing.
func NewDatabaseCluster(account, region, id string, doc Node) Resource {
	all := Node{
		"DBClusterIdentifier": id, "DBClusterArn": "arn:aws:rds:" + region + ":" + account + ":cluster:" + id, "Status": "available",
		"Engine": "aurora-postgresql", "EngineVersion": "16.4", "StorageEncrypted": false, "StorageEncryptionType": "none", "MultiAZ": false,
		"DeletionProtection": false, "BackupRetentionPeriod": 1, "LatestRestorableTime": DatabaseTime(), "DBSubnetGroup": "default",
		"DBClusterParameterGroup": "default.aurora-postgresql16",
	}
	maps.Copy(all, doc)
	return Resource{Type: "rds.cluster", Region: region, ID: id, Doc: all}
}

// NewParameter is a parameter of a group of instances, or of clusters.
func NewParameter(region, group, name, value string, ofCluster bool) []Resource {
	typ := "rds.parameter"
	if ofCluster {
		typ = "rds.clusterparameter"
	}
	doc := Node{"ParameterName": name, "Source": "user", "ApplyType": "dynamic"}
	if value != "" {
		doc["ParameterValue"] = value
	}
	return []Resource{
		{Type: typ + "group", Region: region, ID: group},
		{Type: typ, Region: region, ID: group + "/" + name, IDs: []string{group}, Doc: doc},
	}
}

// newParameterGroups is the parameter group of an instance with its status.
func newParameterGroups(name, status string) List {
	return List{Name: "DBParameterGroup", Items: []any{Node{"DBParameterGroupName": name, "ParameterApplyStatus": status}}}
}

// newSubnets is a subnet group.
func newSubnets(name string, ids ...string) Node {
	subnets := List{Name: "Subnet"}
	for _, id := range ids {
		subnets.Items = append(subnets.Items, Node{"SubnetIdentifier": id, "SubnetStatus": "Active"})
	}
	return Node{"DBSubnetGroupName": name, "Subnets": subnets}
}

func newSubnetGroup(region, name string, ids ...string) Resource {
	return Resource{Type: "rds.subnetgroup", Region: region, ID: name, Doc: newSubnets(name, ids...)}
}

// newMembers are the instances of a cluster, with the status of its parameter group in each.
func newMembers(status string, ids ...string) List {
	members := List{Name: "DBClusterMember"}
	for n, id := range ids {
		members.Items = append(members.Items, Node{"DBInstanceIdentifier": id, "IsClusterWriter": n == 0, "DBClusterParameterGroupStatus": status})
	}
	return members
}

// managedKey is a key that AWS manages in the account.
func managedKey(account, region, id string) Resource {
	key := diskKey(account, region, id)
	key.Doc["KeyManager"] = "AWS"
	return key
}
