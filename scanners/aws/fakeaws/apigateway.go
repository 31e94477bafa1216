package fakeaws

// apigatewayOperations are those of API Gateway, both interfaces. Resources: "apigateway.domain" and "apigatewayv2.domain".
func apigatewayOperations() []Operation {
	return []Operation{
		{
			Name: "apigateway.GetDomainNames", Path: "GET /domainnames", Action: "apigateway:GET", Lists: "apigateway.domain", At: "item",
			TokenIn: "position", TokenOut: "position", SizeIn: "limit", MaxPage: 500,
		},
		{
			Name: "apigatewayv2.GetDomainNames", Path: "GET /v2/domainnames", Action: "apigateway:GET", Lists: "apigatewayv2.domain", At: "items",
			TokenIn: "nextToken", TokenOut: "nextToken", SizeIn: "maxResults", MaxPage: 500,
		},
	}
}

// apigatewayEstate are domains of APIs: for all interfaces, for one, and with TLS 1.0.
func apigatewayEstate(string) []Resource {
	rest := func(name string, doc Node) Resource {
		doc["domainName"] = name
		return Resource{Type: "apigateway.domain", Region: "eu-central-1", ID: name, Doc: doc}
	}
	http := func(name, policy string) Resource {
		return Resource{Type: "apigatewayv2.domain", Region: "eu-central-1", ID: name, Doc: Node{"domainName": name,
			"domainNameConfigurations": []Node{{"endpointType": "REGIONAL", "securityPolicy": policy}}}}
	}
	return []Resource{
		rest("good.example.com", Node{"securityPolicy": "SecurityPolicy_TLS13_1_2_2021_06", "endpointConfiguration": Node{"types": []string{"REGIONAL"}}}),
		rest("bad.example.com", Node{"securityPolicy": "TLS_1_0", "endpointConfiguration": Node{"types": []string{"EDGE"}}}),
		rest("inside.example.com", Node{"endpointConfiguration": Node{"types": []string{"PRIVATE"}}}),
		http("good.example.com", "TLS_1_2"), http("other.example.com", "TLS_1_2"),
	}
}
