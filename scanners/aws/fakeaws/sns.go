package fakeaws

import "net/http"

// snsOperations are those of SNS. Resources: "sns.topic", by ARN.
func snsOperations() []Operation {
	missing := Error{Status: http.StatusNotFound, Code: "NotFound", Message: "Topic does not exist"}
	return []Operation{
		{Name: "sns.GetTopicAttributes", Of: "sns.topic", By: "TopicArn", Missing: missing},
		{
			Name: "sns.ListSubscriptionsByTopic", Of: "sns.topic", By: "TopicArn", At: "Subscriptions", Missing: missing,
			TokenIn: "NextToken", TokenOut: "NextToken", MaxPage: 100,
		},
		{Name: "sns.ListTopics", Lists: "sns.topic", At: "Topics", TokenIn: "NextToken", TokenOut: "NextToken", MaxPage: 100},
	}
}

// snsEstate are topics: one with a key of the customer that somebody hears, one without a key whose subscription nobody
// confirmed.
func snsEstate(account string) []Resource {
	var all []Resource
	for _, region := range []string{"eu-central-1", "eu-north-1"} {
		all = append(all, snsTopic(region, account, "good-alarms", Entries{"KmsMasterKeyId": KeyARN(account, region, "good-key")}, "confirmed"),
			snsTopic(region, account, "bad-alarms", Entries{}, "PendingConfirmation"))
	}
	return append(all, snsTopic("us-east-1", account, "bad-elsewhere", Entries{}, "confirmed"))
}

func snsTopic(region, account, name string, attributes Entries, subscription string) Resource {
	arn := "arn:aws:sns:" + region + ":" + account + ":" + name
	if subscription == "confirmed" {
		subscription = arn + ":11112222-3333-4444-5555-666677778888"
	}
	return Resource{
		Type: "sns.topic", Region: region, ID: arn, Doc: Node{"TopicArn": arn},
		Sub: map[string]any{
			"sns.GetTopicAttributes": Node{"Attributes": attributes},
			"sns.ListSubscriptionsByTopic": []Node{
				{"SubscriptionArn": "Deleted", "Protocol": "email", "Endpoint": "erika.exempel@example.com", "TopicArn": arn},
				{"SubscriptionArn": subscription, "Protocol": "email", "Endpoint": "sven.exempel@example.com", "TopicArn": arn},
			},
		},
	}
}
