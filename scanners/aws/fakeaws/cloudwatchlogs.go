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
		group("eu-central-1", "/good/app", Node{"retentionInDays": 365}),
		group("eu-central-1", "/bad/app", nil),
		group("eu-north-1", "/good/web", Node{"retentionInDays": 365}),
	}
}
