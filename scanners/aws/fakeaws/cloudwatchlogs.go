package fakeaws

// cloudwatchlogsOperations are those of CloudWatch Logs. Resources: "logs.group", by name.
func cloudwatchlogsOperations() []Operation {
	return []Operation{
		{
			Name: "cloudwatchlogs.DescribeLogGroups", Lists: "logs.group", At: "logGroups",
			TokenIn: "nextToken", TokenOut: "nextToken", SizeIn: "limit", MaxPage: 50,
		},
	}
}

// cloudwatchlogsEstate are log groups that expire, and some that never do.
func cloudwatchlogsEstate(account string) []Resource {
	group := func(region, name string, more Node) Resource {
		arn := "arn:aws:logs:" + region + ":" + account + ":log-group:" + name
		return Resource{Type: "logs.group", Region: region, ID: name,
			Doc: with(Node{"logGroupName": name, "arn": arn + ":*", "logGroupArn": arn, "storedBytes": 1}, more)}
	}
	return []Resource{
		group("eu-central-1", "/good/app", Node{"retentionInDays": 365, "kmsKeyId": KeyARN(account, "eu-central-1", "good-key")}),
		group("eu-central-1", "/good/passing", Node{"logGroupClass": "DELIVERY"}),
		group("eu-central-1", "/bad/app", nil),
		group("eu-north-1", "/good/web", Node{"retentionInDays": 365, "kmsKeyId": KeyARN(account, "eu-north-1", "good-key")}),
		group("us-east-1", "/bad/elsewhere", Node{"retentionInDays": 365}),
	}
}
