package aws

import (
	"context"
	"strconv"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
	"github.com/aws/aws-sdk-go-v2/service/sqs/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// sqsQueues reads message queues.
func sqsQueues() reader {
	return reader{
		service: "sqs",
		kinds:   []evidence.Kind{evidence.Queue{}.Kind()},
		operations: []operation{
			{name: "GetQueueAttributes", action: "sqs:GetQueueAttributes",
				fills: []string{"queue.encryption", "queue.retention_days", "queue.tls_required"}},
			{name: "ListQueues", action: "sqs:ListQueues", lists: []evidence.Kind{evidence.Queue{}.Kind()}},
			{name: "kms.DescribeKey", action: "kms:DescribeKey", fills: []string{"queue.encryption"}},
		},
		read: readQueues,
	}
}

func readQueues(ctx context.Context, s *site) {
	client := sqs.NewFromConfig(s.config())
	// Without a size the list ends after a thousand queues and says nothing.
	in := &sqs.ListQueuesInput{MaxResults: sdk.Int32(1000)}
	next := func(i *sqs.ListQueuesInput, o *sqs.ListQueuesOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	urls, m := pages(ctx, s, "", client.ListQueues, in, next, func(o *sqs.ListQueuesOutput) []string { return o.QueueUrls })
	s.hide(m, evidence.Queue{}.Kind())
	each(ctx, s, urls, func(ctx context.Context, url string) { s.readQueue(ctx, client, url) })
}

func (s *site) readQueue(ctx context.Context, client *sqs.Client, url string) {
	queue := evidence.Queue{Placement: s.placed(nil), Encryption: notAsked[string](), RetentionDays: notAsked[int](), TLSRequired: notAsked[bool]()}
	var notes []evidence.Reason
	if s.needs("GetQueueAttributes") {
		out, m := get(ctx, s, lastPart(url), client.GetQueueAttributes, &sqs.GetQueueAttributesInput{QueueUrl: &url, AttributeNames: []types.QueueAttributeName{
			types.QueueAttributeNameKmsMasterKeyId, types.QueueAttributeNameMessageRetentionPeriod,
			types.QueueAttributeNamePolicy, types.QueueAttributeNameSqsManagedSseEnabled,
		}})
		if m.vanished() {
			return
		}
		if m != nil {
			queue.Encryption, queue.RetentionDays, queue.TLSRequired = refused[string](m), refused[int](m), refused[bool](m)
		} else {
			key, managed := out.Attributes["KmsMasterKeyId"], out.Attributes["SqsManagedSseEnabled"]
			queue.Encryption = s.keyOr(ctx, key, queueLevel(managed == "true"))
			queue.RetentionDays = queueDays(out.Attributes["MessageRetentionPeriod"])
			queue.TLSRequired = queueTLS(out.Attributes["Policy"])
			notes = diskOnly(key == "" && managed == "false")
		}
	}
	s.add(thing{arn: s.arnHere("sqs", lastPart(url)), typ: "sqs:queue", name: lastPart(url), notes: notes}, queue)
}

// queueLevel is the encryption of a queue without a key of the account: by one that AWS owns. SQS keeps messages on
// encrypted disks also where it does not encrypt them by itself.
func queueLevel(managed bool) evidence.Value[string] {
	if managed {
		return evidence.Known(evidence.EncryptionProviderOwned)
	}
	return evidence.Default(evidence.EncryptionProviderOwned, awsrules.DocQueueEncryption)
}

// queueDays are seconds as days, rounded up.
func queueDays(seconds string) evidence.Value[int] {
	n, err := strconv.Atoi(seconds)
	if err != nil {
		return evidence.Unresolved[int](evidence.Because("value_not_understood"))
	}
	return evidence.Known((n + 86399) / 86400)
}

// queueTLS says whether the queue's policy denies everybody everything without TLS.
func queueTLS(policy string) evidence.Value[bool] {
	if policy == "" {
		return evidence.Default(false, awsrules.DocQueueTransport)
	}
	document, err := awsrules.ParseDocument(policy)
	if err != nil {
		return evidence.Unresolved[bool](evidence.Because("policy_not_readable"))
	}
	return document.DeniesPlain("sqs:*")
}
