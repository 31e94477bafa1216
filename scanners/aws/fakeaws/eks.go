package fakeaws

import "net/http"

// eksOperations are those of EKS. Resources: "eks.cluster" by name, "eks.version".
func eksOperations() []Operation {
	paged := func(o Operation) Operation {
		o.TokenIn, o.TokenOut, o.SizeIn, o.MaxPage = "nextToken", "nextToken", "maxResults", 100
		return o
	}
	return []Operation{
		{
			Name: "eks.DescribeCluster", Path: "GET /clusters/{Name}", Of: "eks.cluster", By: "Name",
			Show:    func(r Resource) any { return Node{"cluster": r.Doc} },
			Missing: Error{Status: http.StatusNotFound, Code: "ResourceNotFoundException", Message: "No cluster found for name: <resource>."},
		},
		paged(Operation{Name: "eks.DescribeClusterVersions", Path: "GET /cluster-versions", Lists: "eks.version", At: "clusterVersions"}),
		paged(Operation{Name: "eks.ListClusters", Path: "GET /clusters", Lists: "eks.cluster", At: "clusters",
			Show: func(r Resource) any { return r.ID }}),
	}
}

// eksEstate are clusters: one for listed addresses with a key of the customer, an old one that the whole world reaches, its
// addresses written in halves, and one that is private.
func eksEstate(account string) []Resource {
	cluster := func(name, version string, doc Node) Resource {
		doc["name"], doc["version"], doc["arn"] = name, version, "arn:aws:eks:eu-central-1:"+account+":cluster/"+name
		return Resource{Type: "eks.cluster", Region: "eu-central-1", ID: name, Doc: doc}
	}
	version := func(name, status string) Resource {
		return Resource{Type: "eks.version", ID: name, Doc: Node{"clusterVersion": name, "versionStatus": status}}
	}
	logs := func(enabled bool) Node {
		return Node{"clusterLogging": []Node{{"enabled": enabled, "types": []string{"api", "audit"}}, {"enabled": !enabled, "types": []string{"scheduler"}}}}
	}
	return []Resource{
		version("1.36", "STANDARD_SUPPORT"), version("1.31", "EXTENDED_SUPPORT"), version("1.27", "UNSUPPORTED"),
		cluster("good", "1.36", Node{"logging": logs(true),
			"resourcesVpcConfig": Node{"endpointPublicAccess": true, "publicAccessCidrs": []string{"203.0.113.0/24"}},
			"encryptionConfig":   []Node{{"resources": []string{"secrets"}, "provider": Node{"keyArn": KeyARN(account, "eu-central-1", "good-key")}}}}),
		cluster("good-private", "1.31", Node{"logging": logs(true), "resourcesVpcConfig": Node{"endpointPublicAccess": false}}),
		cluster("bad", "1.27", Node{"logging": logs(false),
			"resourcesVpcConfig": Node{"endpointPublicAccess": true, "publicAccessCidrs": []string{"0.0.0.0/1", "128.0.0.0/1"}}}),
		cluster("odd", "1.99", Node{"resourcesVpcConfig": Node{"endpointPublicAccess": true}}),
	}
}
