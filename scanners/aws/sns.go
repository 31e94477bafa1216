package aws

import (
	"context"
	"strings"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sns"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// snsTopics reads topics. Whether somebody hears a topic is asked by the reader of alarms.
func snsTopics() reader {
	return reader{
		service: "sns",
		kinds:   []evidence.Kind{evidence.Topic{}.Kind()},
		operations: []operation{
			{name: "GetTopicAttributes", action: "sns:GetTopicAttributes", fills: []string{"topic.encryption"}},
			{name: "ListTopics", action: "sns:ListTopics", lists: []evidence.Kind{evidence.Topic{}.Kind()}},
			{name: "kms.DescribeKey", action: "kms:DescribeKey", fills: []string{"topic.encryption"}},
		},
		read: readTopics,
	}
}

func readTopics(ctx context.Context, s *site) {
	client := sns.NewFromConfig(s.config())
	in := &sns.ListTopicsInput{}
	next := func(i *sns.ListTopicsInput, o *sns.ListTopicsOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	arns, m := pages(ctx, s, "", client.ListTopics, in, next, func(o *sns.ListTopicsOutput) []string {
		var arns []string
		for _, topic := range o.Topics {
			arns = append(arns, sdk.ToString(topic.TopicArn))
		}
		return arns
	})
	s.hide(m, evidence.Topic{}.Kind())
	each(ctx, s, arns, func(ctx context.Context, arn string) { s.readTopic(ctx, client, arn) })
}

func (s *site) readTopic(ctx context.Context, client *sns.Client, arn string) {
	topic := evidence.Topic{Placement: s.placed(nil), Encryption: notAsked[string]()}
	var notes []evidence.Reason
	if s.needs("GetTopicAttributes") {
		attributes, m := get(ctx, s, arn, client.GetTopicAttributes, &sns.GetTopicAttributesInput{TopicArn: &arn})
		if m.vanished() {
			return
		}
		if m != nil {
			topic.Encryption = refused[string](m)
		} else {
			key := attributes.Attributes["KmsMasterKeyId"]
			topic.Encryption = s.keyOr(ctx, key, evidence.Default(evidence.EncryptionProviderOwned, awsrules.DocTopicEncryption))
			notes = diskOnly(key == "")
		}
	}
	s.add(thing{arn: arn, typ: "sns:topic", name: lastPart(arn), notes: notes}, topic)
}

// keyOr is the encryption by a key, or otherwise when there is none.
func (s *site) keyOr(ctx context.Context, key string, otherwise evidence.Value[string]) evidence.Value[string] {
	if key == "" {
		return otherwise
	}
	if !s.needs("kms.DescribeKey") {
		return notAsked[string]()
	}
	return s.keyLevel(ctx, s.region, key)
}

// diskOnly notes that nothing but the encrypted disks of the provider protects messages at rest.
func diskOnly(so bool) []evidence.Reason {
	if !so {
		return nil
	}
	return []evidence.Reason{evidence.Because("disk_encryption_only")}
}

// lastPart is what follows the last colon or slash of an ARN or an address.
func lastPart(text string) string { return text[strings.LastIndexAny(text, ":/")+1:] }

// arnHere is the ARN of something of a service in the site's region.
func (s *site) arnHere(service, resource string) string {
	return strings.Join([]string{"arn", s.partition, service, s.region, s.id, resource}, ":")
}
