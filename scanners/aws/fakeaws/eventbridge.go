package fakeaws

import "net/http"

// eventbridgeOperations are those of EventBridge. Resources: "eventbridge.rule", by name; in its Sub are its targets.
func eventbridgeOperations() []Operation {
	missing := Error{Status: http.StatusBadRequest, Code: "ResourceNotFoundException", Message: "Rule <resource> does not exist on EventBus default."}
	return []Operation{
		{
			Name: "eventbridge.ListRules", Lists: "eventbridge.rule", At: "Rules",
			TokenIn: "NextToken", TokenOut: "NextToken", SizeIn: "Limit", MaxPage: 100,
		},
		{
			Name: "eventbridge.ListTargetsByRule", Of: "eventbridge.rule", By: "Rule", At: "Targets", Missing: missing,
			TokenIn: "NextToken", TokenOut: "NextToken", SizeIn: "Limit", MaxPage: 100,
		},
	}
}

// eventbridgeEstate are rules that wait for findings: one that somebody hears, one that nobody does, one that is switched
// off, one that a service made for itself. Others wait for something else.
func eventbridgeEstate(account string) []Resource {
	topic := func(name string) Node {
		return Node{"Id": "topic", "Arn": "arn:aws:sns:eu-central-1:" + account + ":" + name, "Input": `{"to":"erika.exempel@example.com"}`}
	}
	rule := func(name, pattern string, more Node, targets ...Node) Resource {
		return Resource{Type: "eventbridge.rule", Region: "eu-central-1", ID: name, Sub: map[string]any{"eventbridge.ListTargetsByRule": targets},
			Doc: with(Node{"Name": name, "Arn": "arn:aws:events:eu-central-1:" + account + ":rule/" + name, "EventPattern": pattern, "State": "ENABLED",
				"EventBusName": "default"}, more)}
	}
	findings := `{"source":["aws.guardduty"],"detail-type":["GuardDuty Finding"]}`
	return []Resource{
		rule("good-findings", findings, nil, Node{"Id": "queue", "Arn": "arn:aws:sqs:eu-central-1:" + account + ":good-queue"}, topic("good-alarms")),
		rule("bad-unheard", `{"source":["aws.ec2","aws.securityhub"]}`, nil, topic("bad-alarms")),
		rule("bad-off", findings, Node{"State": "DISABLED"}, topic("good-alarms")),
		rule("managed", findings, Node{"ManagedBy": "securityhub.amazonaws.com"}, topic("good-alarms")),
		rule("machines", `{"source":["aws.ec2"]}`, nil, topic("good-alarms")),
		{Type: "eventbridge.rule", Region: "eu-central-1", ID: "nightly", Doc: Node{"Name": "nightly", "State": "ENABLED",
			"Arn": "arn:aws:events:eu-central-1:" + account + ":rule/nightly", "ScheduleExpression": "cron(0 3 * * ? *)"}},
	}
}
