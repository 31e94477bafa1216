package fakeaws

// elasticacheOperations are those of ElastiCache. Resources by name: "elasticache.cluster", "elasticache.globalgroup",
// "elasticache.replicationgroup", "elasticache.serverless", "elasticache.subnetgroup".
func elasticacheOperations() []Operation {
	list := func(name, lists, item string) Operation {
		return Operation{Name: "elasticache." + name, Lists: lists, At: item + "s", Item: item, TokenIn: "Marker", TokenOut: "Marker", SizeIn: "MaxRecords", MaxPage: 100}
	}
	return []Operation{
		list("DescribeCacheClusters", "elasticache.cluster", "CacheCluster"),
		list("DescribeCacheSubnetGroups", "elasticache.subnetgroup", "CacheSubnetGroup"),
		list("DescribeGlobalReplicationGroups", "elasticache.globalgroup", "GlobalReplicationGroup"),
		list("DescribeReplicationGroups", "elasticache.replicationgroup", "ReplicationGroup"),
		{Name: "elasticache.DescribeServerlessCaches", Lists: "elasticache.serverless", At: "ServerlessCaches", TokenIn: "NextToken",
			TokenOut: "NextToken", SizeIn: "MaxResults", MaxPage: 50},
	}
}

// NewReplicationGroup is a replication group with its one cluster. The group has the settings of doc, and otherwise those
// that AWS gives when it is told nothing.
func NewReplicationGroup(account, region, id, subnets string, doc Node) []Resource {
	arn := "arn:aws:elasticache:" + region + ":" + account
	return []Resource{
		{Type: "elasticache.replicationgroup", Region: region, ID: id, Doc: with(Node{"ReplicationGroupId": id, "ARN": arn + ":replicationgroup:" + id,
			"Engine": "redis", "AtRestEncryptionEnabled": false, "TransitEncryptionEnabled": false, "SnapshotRetentionLimit": 0, "MultiAZ": "disabled",
			"AutoMinorVersionUpgrade": true}, doc)},
		newCacheCluster(account, region, id+"-001", Node{"ReplicationGroupId": id, "CacheSubnetGroupName": subnets}),
	}
}

func newCacheCluster(account, region, id string, doc Node) Resource {
	return Resource{Type: "elasticache.cluster", Region: region, ID: id, Doc: with(Node{"CacheClusterId": id,
		"ARN": "arn:aws:elasticache:" + region + ":" + account + ":cluster:" + id, "Engine": "memcached", "AtRestEncryptionEnabled": false,
		"TransitEncryptionEnabled": false, "SnapshotRetentionLimit": 0, "AutoMinorVersionUpgrade": true, "PreferredAvailabilityZone": region + "a",
		"CacheSubnetGroupName": "bad"}, doc)}
}

// elasticacheEstate: the bad caches take connections without TLS, one of them although encryption in transit is on.
func elasticacheEstate(account string) []Resource {
	region := "eu-central-1"
	key := keyARN(account, region, "good-caches")
	all := []Resource{
		diskKey(account, region, "good-caches"),
		newCacheCluster(account, region, "good-memcached", Node{"TransitEncryptionEnabled": true, "PreferredAvailabilityZone": "Multiple", "CacheSubnetGroupName": "good"}),
		newCacheCluster(account, "eu-north-1", "bad-memcached", nil),
		newCacheSubnets(region, "good", "subnet-good-a"), newCacheSubnets(region, "bad", "subnet-bad-a"),
		{Type: "elasticache.serverless", Region: region, ID: "good-serverless", Doc: Node{"ServerlessCacheName": "good-serverless",
			"ARN": "arn:aws:elasticache:" + region + ":" + account + ":serverlesscache:good-serverless", "Engine": "valkey", "KmsKeyId": key,
			"SnapshotRetentionLimit": 35, "SubnetIds": List{Name: "SubnetId", Items: []any{"subnet-good-a", "subnet-good-b"}}}},
		{Type: "elasticache.serverless", Region: region, ID: "bad-serverless", Doc: Node{"ServerlessCacheName": "bad-serverless",
			"ARN": "arn:aws:elasticache:" + region + ":" + account + ":serverlesscache:bad-serverless", "Engine": "redis",
			"SnapshotRetentionLimit": 0, "SubnetIds": List{Name: "SubnetId", Items: []any{"subnet-bad-a"}}}},
		{Type: "elasticache.globalgroup", Region: region, ID: "good-global", Doc: Node{"GlobalReplicationGroupId": "good-global",
			"Members": List{Name: "GlobalReplicationGroupMember", Items: []any{
				Node{"ReplicationGroupId": "good-sessions", "ReplicationGroupRegion": region}, Node{"ReplicationGroupId": "north", "ReplicationGroupRegion": "eu-north-1"}}}}},
	}
	all = append(all, NewReplicationGroup(account, region, "good-sessions", "good", Node{"Engine": "valkey", "AtRestEncryptionEnabled": true,
		"StorageEncryptionType": "sse-kms", "KmsKeyId": key, "TransitEncryptionEnabled": true, "TransitEncryptionMode": "required", "SnapshotRetentionLimit": 35,
		"MultiAZ": "enabled", "GlobalReplicationGroupInfo": Node{"GlobalReplicationGroupId": "good-global", "GlobalReplicationGroupMemberRole": "PRIMARY"}})...)
	all = append(all, NewReplicationGroup(account, region, "bad-preferred", "bad", Node{"AtRestEncryptionEnabled": true, "TransitEncryptionEnabled": true,
		"TransitEncryptionMode": "preferred", "AutoMinorVersionUpgrade": false})...)
	return append(all, NewReplicationGroup(account, region, "bad-plain", "bad", nil)...)
}

func newCacheSubnets(region, name, subnet string) Resource {
	return Resource{Type: "elasticache.subnetgroup", Region: region, ID: name, Doc: Node{"CacheSubnetGroupName": name,
		"Subnets": List{Name: "Subnet", Items: []any{Node{"SubnetIdentifier": subnet}}}}}
}
