package fakeaws

// memorydbOperations are those of MemoryDB. Resources by name: "memorydb.cluster", "memorydb.multiregion",
// "memorydb.subnetgroup".
func memorydbOperations() []Operation {
	list := func(name, lists, at string) Operation {
		return Operation{Name: "memorydb." + name, Lists: lists, At: at, TokenIn: "NextToken", TokenOut: "NextToken", SizeIn: "MaxResults", MaxPage: 50}
	}
	multi := list("DescribeMultiRegionClusters", "memorydb.multiregion", "MultiRegionClusters")
	multi.By = "MultiRegionClusterName"
	multi.Missing = Error{Status: 400, Code: "MultiRegionClusterNotFoundFault", Message: "<resource> not found"}
	return []Operation{
		list("DescribeClusters", "memorydb.cluster", "Clusters"), multi, list("DescribeSubnetGroups", "memorydb.subnetgroup", "SubnetGroups"),
	}
}

// memorydbEstate is a good cluster that another region holds too, and one without TLS.
func memorydbEstate(account string) []Resource {
	region := "eu-central-1"
	cluster := func(name string, doc Node) Resource {
		return Resource{Type: "memorydb.cluster", Region: region, ID: name, Doc: with(Node{"Name": name,
			"ARN": "arn:aws:memorydb:" + region + ":" + account + ":cluster/" + name, "Engine": "redis", "TLSEnabled": false, "AvailabilityMode": "singleaz",
			"SnapshotRetentionLimit": 0, "AutoMinorVersionUpgrade": true, "SubnetGroupName": "bad"}, doc)}
	}
	return []Resource{
		diskKey(account, region, "good-memory"),
		cluster("good-memory", Node{"Engine": "valkey", "TLSEnabled": true, "AvailabilityMode": "MultiAZ", "SnapshotRetentionLimit": 35, "SubnetGroupName": "good",
			"KmsKeyId": keyARN(account, region, "good-memory"), "MultiRegionClusterName": "good-multi"}),
		cluster("bad-memory", nil),
		{Type: "memorydb.multiregion", Region: region, ID: "good-multi", Doc: Node{"MultiRegionClusterName": "good-multi",
			"Clusters": []Node{{"ClusterName": "good-memory", "Region": region}, {"ClusterName": "north", "Region": "eu-north-1"}}}},
		{Type: "memorydb.subnetgroup", Region: region, ID: "good", Doc: Node{"Name": "good", "Subnets": []Node{{"Identifier": "subnet-good-a"}}}},
		{Type: "memorydb.subnetgroup", Region: region, ID: "bad", Doc: Node{"Name": "bad", "Subnets": []Node{{"Identifier": "subnet-bad-a"}}}},
	}
}
