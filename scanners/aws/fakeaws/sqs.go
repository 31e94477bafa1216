package fakeaws

import "net/http"

// sqsOperations are those of SQS. Resources: "sqs.queue", by URL. Without a size the list of queues has no token.
func sqsOperations() []Operation {
	return []Operation{
		{
			Name: "sqs.GetQueueAttributes", Of: "sqs.queue", By: "QueueUrl",
			Missing: Error{Status: http.StatusBadRequest, Code: "QueueDoesNotExist", Message: "The specified queue does not exist.",
				Header: map[string]string{"X-Amzn-Query-Error": "AWS.SimpleQueueService.NonExistentQueue;Sender"}},
		},
		{
			Name: "sqs.ListQueues", Lists: "sqs.queue", At: "QueueUrls", TokenIn: "NextToken", TokenOut: "NextToken", SizeIn: "MaxResults",
			MaxPage: 1000, Show: func(r Resource) any { return r.ID },
		},
	}
}

// sqsEstate are queues: one with a key of the customer that refuses plain requests, one that takes them and keeps
// messages for two weeks.
func sqsEstate(account string) []Resource {
	var all []Resource
	for _, region := range []string{"eu-central-1", "eu-north-1"} {
		arn := "arn:aws:sqs:" + region + ":" + account + ":good-orders"
		policy := `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"sqs:*","Resource":"` + arn +
			`","Condition":{"Bool":{"aws:SecureTransport":"false"}}}]}`
		all = append(all,
			sqsQueue(region, account, "good-orders", Node{"KmsMasterKeyId": KeyARN(account, region, "good-key"), "MessageRetentionPeriod": "345600",
				"Policy": policy, "SqsManagedSseEnabled": "false"}),
			sqsQueue(region, account, "bad-orders", Node{"MessageRetentionPeriod": "1209600", "SqsManagedSseEnabled": "false"}))
	}
	return append(all, sqsQueue("us-east-1", account, "bad-elsewhere", Node{"MessageRetentionPeriod": "60", "SqsManagedSseEnabled": "true"}))
}

func sqsQueue(region, account, name string, attributes Node) Resource {
	return Resource{
		Type: "sqs.queue", Region: region, ID: "https://sqs." + region + ".amazonaws.com/" + account + "/" + name,
		Sub: map[string]any{"sqs.GetQueueAttributes": Node{"Attributes": attributes}},
	}
}
