package fakeaws

import "net/http"

// ecsOperations are those of ECS. Resources: "ecs.cluster", by ARN, with its services as a list of ARNs; "ecs.service".
func ecsOperations() []Operation {
	missing := Error{Status: http.StatusBadRequest, Code: "ClusterNotFoundException", Message: "Cluster not found."}
	paged := func(o Operation) Operation {
		o.TokenIn, o.TokenOut, o.SizeIn, o.MaxPage = "nextToken", "nextToken", "maxResults", 100
		return o
	}
	return []Operation{
		{Name: "ecs.DescribeServices", Lists: "ecs.service", By: "services", At: "services"},
		paged(Operation{Name: "ecs.ListClusters", Lists: "ecs.cluster", At: "clusterArns", Show: func(r Resource) any { return r.ID }}),
		paged(Operation{Name: "ecs.ListServices", Of: "ecs.cluster", By: "cluster", At: "serviceArns", Missing: missing}),
	}
}

// ecsEstate are services: in private subnets, in public ones with addresses, and on the network of their host.
func ecsEstate(account string) []Resource {
	prefix := "arn:aws:ecs:eu-central-1:" + account + ":"
	var services []string
	var all []Resource
	service := func(name string, network Node) {
		arn := prefix + "service/web/" + name
		services = append(services, arn)
		doc := Node{"serviceArn": arn, "serviceName": name, "status": "ACTIVE"}
		if network != nil {
			doc["networkConfiguration"] = Node{"awsvpcConfiguration": network}
		}
		all = append(all, Resource{Type: "ecs.service", Region: "eu-central-1", ID: arn, Doc: doc})
	}
	service("good", Node{"subnets": []string{"subnet-good-a", "subnet-good-b"}, "assignPublicIp": "DISABLED"})
	service("bad", Node{"subnets": []string{"subnet-bad-a"}, "assignPublicIp": "ENABLED"})
	service("on-host", nil)
	return append(all,
		Resource{Type: "ecs.cluster", Region: "eu-central-1", ID: prefix + "cluster/web", Sub: map[string]any{"ecs.ListServices": services}},
		Resource{Type: "ecs.cluster", Region: "eu-central-1", ID: prefix + "cluster/empty", Sub: map[string]any{"ecs.ListServices": []string{}}})
}
