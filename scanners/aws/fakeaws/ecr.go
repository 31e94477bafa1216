package fakeaws

// ecrOperations are those of ECR. Resources: "ecr.repository", by name; "ecr.registry", one without an ID.
func ecrOperations() []Operation {
	return []Operation{
		{Name: "ecr.DescribeRegistry", Of: "ecr.registry"},
		{
			Name: "ecr.DescribeRepositories", Lists: "ecr.repository", At: "repositories", TokenIn: "nextToken", TokenOut: "nextToken",
			SizeIn: "maxResults", MaxPage: 1000,
		},
		{Name: "ecr.GetRegistryScanningConfiguration", Of: "ecr.registry"},
	}
}

// ecrEstate are repositories: scanned by themselves or by a rule of the registry, with tags that stay; and one that is not
// scanned.
func ecrEstate(account string) []Resource {
	repository := func(region, name, tags string, scan bool, encryption Node) Resource {
		return Resource{Type: "ecr.repository", Region: region, ID: name, Doc: Node{
			"repositoryArn": "arn:aws:ecr:" + region + ":" + account + ":repository/" + name, "repositoryName": name, "imageTagMutability": tags,
			"imageScanningConfiguration": Node{"scanOnPush": scan}, "encryptionConfiguration": encryption,
		}}
	}
	rule := Node{"scanFrequency": "CONTINUOUS_SCAN", "repositoryFilters": []Node{{"filter": "good-*", "filterType": "WILDCARD"}}}
	never := Node{"scanFrequency": "MANUAL", "repositoryFilters": []Node{{"filter": "*", "filterType": "WILDCARD"}}}
	copied := Node{"destinations": []Node{{"region": "eu-north-1", "registryId": account}},
		"repositoryFilters": []Node{{"filter": "good", "filterType": "PREFIX_MATCH"}}}
	return []Resource{
		repository("eu-central-1", "good-app", "IMMUTABLE", false,
			Node{"encryptionType": "KMS", "kmsKey": KeyARN(account, "eu-central-1", "good-key")}),
		repository("eu-central-1", "bad-app", "MUTABLE", false, Node{"encryptionType": "AES256"}),
		repository("eu-north-1", "good-north", "IMMUTABLE", true, Node{"encryptionType": "KMS"}),
		{Type: "ecr.registry", Region: "eu-central-1", Sub: map[string]any{
			"ecr.GetRegistryScanningConfiguration": Node{"scanningConfiguration": Node{"scanType": "ENHANCED", "rules": []Node{rule, never}}},
			"ecr.DescribeRegistry":                 Node{"replicationConfiguration": Node{"rules": []Node{copied}}},
		}},
		{Type: "ecr.registry", Region: "eu-north-1", Sub: map[string]any{
			"ecr.GetRegistryScanningConfiguration": Node{"scanningConfiguration": Node{"scanType": "BASIC", "rules": []Node{}}},
			"ecr.DescribeRegistry":                 Node{"replicationConfiguration": Node{"rules": []Node{}}},
		}},
	}
}
