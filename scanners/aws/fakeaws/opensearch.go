package fakeaws

// opensearchOperations are those of OpenSearch Service. Resources: "opensearch.domain" by name, "opensearch.connection".
func opensearchOperations() []Operation {
	return []Operation{
		{Name: "opensearch.DescribeDomains", Path: "POST /2021-01-01/opensearch/domain-info", Lists: "opensearch.domain", By: "DomainNames",
			At: "DomainStatusList"},
		{Name: "opensearch.DescribeInboundConnections", Path: "POST /2021-01-01/opensearch/cc/inboundConnection/search", Lists: "opensearch.connection",
			At: "Connections", TokenIn: "NextToken", TokenOut: "NextToken", SizeIn: "MaxResults", MaxPage: 100},
		{Name: "opensearch.ListDomainNames", Path: "GET /2021-01-01/domain", Lists: "opensearch.domain", At: "DomainNames",
			Show: func(r Resource) any { return Node{"DomainName": r.ID, "EngineType": "OpenSearch"} }},
	}
}

// NewDomain is a search domain with the settings of doc, and otherwise as AWS makes it when it is told nothing.
func NewDomain(account, region, name string, doc Node) Resource {
	return Resource{Type: "opensearch.domain", Region: region, ID: name, Doc: with(Node{
		"DomainName": name, "DomainId": account + "/" + name, "ARN": "arn:aws:es:" + region + ":" + account + ":domain/" + name,
		"EngineVersion": "OpenSearch_2.17", "EncryptionAtRestOptions": Node{"Enabled": false}, "DomainEndpointOptions": Node{"EnforceHTTPS": false},
		"ClusterConfig": Node{"ZoneAwarenessEnabled": false}, "SoftwareUpdateOptions": Node{"AutoSoftwareUpdateEnabled": false}}, doc)}
}

// opensearchEstate is a good domain in a private network, and one on the internet that a domain elsewhere follows.
func opensearchEstate(account string) []Resource {
	region := "eu-central-1"
	domain := func(name, region string) Node {
		return Node{"AWSDomainInformation": Node{"DomainName": name, "OwnerId": account, "Region": region}}
	}
	return []Resource{
		diskKey(account, region, "good-search"),
		NewDomain(account, region, "good-search", Node{
			"EncryptionAtRestOptions": Node{"Enabled": true, "KmsKeyId": keyARN(account, region, "good-search")},
			"DomainEndpointOptions":   Node{"EnforceHTTPS": true, "TLSSecurityPolicy": "Policy-Min-TLS-1-2-2019-07"},
			"VPCOptions":              Node{"VPCId": "vpc-good", "SubnetIds": []string{"subnet-good-a", "subnet-good-b"}},
			"ClusterConfig":           Node{"ZoneAwarenessEnabled": true}, "SoftwareUpdateOptions": Node{"AutoSoftwareUpdateEnabled": true},
			"LogPublishingOptions": Node{"AUDIT_LOGS": Node{"Enabled": true}, "SEARCH_SLOW_LOGS": Node{"Enabled": false}}}),
		NewDomain(account, region, "bad-search", nil),
		{Type: "opensearch.connection", Region: region, ID: "bad-connection", Doc: Node{"ConnectionId": "bad-connection",
			"ConnectionStatus": Node{"StatusCode": "ACTIVE"}, "LocalDomainInfo": domain("follower", "us-east-1"), "RemoteDomainInfo": domain("bad-search", region)}},
		{Type: "opensearch.connection", Region: region, ID: "asked", Doc: Node{"ConnectionId": "asked",
			"ConnectionStatus": Node{"StatusCode": "PENDING_ACCEPTANCE"}, "LocalDomainInfo": domain("asker", "us-east-1"), "RemoteDomainInfo": domain("good-search", region)}},
	}
}
