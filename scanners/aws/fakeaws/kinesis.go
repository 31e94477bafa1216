package fakeaws

import "net/http"

// kinesisOperations are those of Kinesis. Resources: "kinesis.stream", by name.
func kinesisOperations() []Operation {
	return []Operation{
		{
			Name: "kinesis.DescribeStreamSummary", Of: "kinesis.stream", By: "StreamName",
			Missing: Error{Status: http.StatusBadRequest, Code: "ResourceNotFoundException", Message: "Stream <resource> not found."},
		},
		{
			Name: "kinesis.ListStreams", Lists: "kinesis.stream", At: "StreamNames", TokenIn: "NextToken", TokenOut: "NextToken",
			Truncated: "HasMoreStreams", SizeIn: "Limit", Show: func(r Resource) any { return r.ID },
		},
	}
}

// kinesisEstate are streams: one with a key of the customer, one without encryption.
func kinesisEstate(account string) []Resource {
	return []Resource{
		kinesisStream(account, "good-clicks", Node{"EncryptionType": "KMS", "KeyId": KeyARN(account, "eu-central-1", "good-key"), "RetentionPeriodHours": 24}),
		kinesisStream(account, "bad-clicks", Node{"EncryptionType": "NONE", "RetentionPeriodHours": 8760}),
	}
}

func kinesisStream(account, name string, summary Node) Resource {
	summary["StreamName"], summary["StreamARN"] = name, "arn:aws:kinesis:eu-central-1:"+account+":stream/"+name
	summary["StreamStatus"], summary["OpenShardCount"] = "ACTIVE", 1
	summary["EnhancedMonitoring"] = []Node{}
	return Resource{
		Type: "kinesis.stream", Region: "eu-central-1", ID: name,
		Sub: map[string]any{"kinesis.DescribeStreamSummary": Node{"StreamDescriptionSummary": summary}},
	}
}
