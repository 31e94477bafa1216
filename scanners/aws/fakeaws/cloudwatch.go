package fakeaws

import "slices"

// cloudwatchOperations are those of CloudWatch. Resources: "cloudwatch.alarm" and "cloudwatch.composite", by name.
func cloudwatchOperations() []Operation {
	return []Operation{
		{
			Name: "cloudwatch.DescribeAlarms", By: "AlarmNames", At: "MetricAlarms", Answer: describeAlarms,
			TokenIn: "NextToken", TokenOut: "NextToken", SizeIn: "MaxRecords", MaxPage: 100,
		},
	}
}

// describeAlarms is https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html: without AlarmTypes,
// no composite alarms. Those stand on the first page here.
func describeAlarms(r Request) Answer {
	names, types := r.Params.All("AlarmNames"), r.Params.All("AlarmTypes")
	docs := func(kind string) []any {
		found := []any{}
		for _, alarm := range r.Resources(kind) {
			if len(names) == 0 || slices.Contains(names, alarm.ID) {
				found = append(found, alarm.Doc)
			}
		}
		return found
	}
	answer := Answer{Items: docs("cloudwatch.alarm"), Body: Node{}}
	if slices.Contains(types, "CompositeAlarm") && r.Params.Get("NextToken") == "" {
		answer.Body["CompositeAlarms"] = docs("cloudwatch.composite")
	}
	return answer
}

// cloudwatchEstate are alarms that somebody hears, and one that nobody does.
func cloudwatchEstate(account string) []Resource {
	alarm := func(kind, name string, more Node) Resource {
		return Resource{Type: kind, Region: "eu-central-1", ID: name, Doc: with(Node{
			"AlarmName": name, "AlarmArn": "arn:aws:cloudwatch:eu-central-1:" + account + ":alarm:" + name, "ActionsEnabled": true,
			"AlarmActions": []any{},
		}, more)}
	}
	topic := func(name string) Node {
		return Node{"AlarmActions": []any{"arn:aws:sns:eu-central-1:" + account + ":" + name}}
	}
	function := Node{"AlarmActions": []any{"arn:aws:lambda:eu-central-1:" + account + ":function:good-pager"}}
	return []Resource{
		alarm("cloudwatch.alarm", "good-alarm", function),
		alarm("cloudwatch.alarm", "good-heard", topic("good-alarms")),
		alarm("cloudwatch.alarm", "bad-unheard", topic("bad-alarms")),
		alarm("cloudwatch.alarm", "good-part", nil),
		alarm("cloudwatch.alarm", "bad-alarm", nil),
		alarm("cloudwatch.composite", "good-whole", with(function, Node{"AlarmRule": `ALARM("good-part") OR ALARM(other)`})),
	}
}
