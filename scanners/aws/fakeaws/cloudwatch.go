package fakeaws

// cloudwatchOperations are those of CloudWatch. Resources: "cloudwatch.alarm", by name.
func cloudwatchOperations() []Operation {
	return []Operation{
		{
			Name: "cloudwatch.DescribeAlarms", Lists: "cloudwatch.alarm", By: "AlarmNames", At: "MetricAlarms",
			TokenIn: "NextToken", TokenOut: "NextToken", SizeIn: "MaxRecords", MaxPage: 100,
		},
	}
}
