package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sns"

	"github.com/tomscan/tomscan/evidence"
)

// heardTopic is the key of what is known of a topic's subscriptions.
type heardTopic string

// topicHeard says whether somebody hears what is sent to a topic: it has a subscription that its owner confirmed. A topic
// that is not there is heard by nobody. A reader that asks names sns.ListSubscriptionsByTopic in its table.
func (s *site) topicHeard(ctx context.Context, topicARN string) evidence.Value[bool] {
	return shared(s.place, heardTopic(topicARN), func() evidence.Value[bool] { return s.readHeard(ctx, topicARN) })
}

func (s *site) readHeard(ctx context.Context, topicARN string) evidence.Value[bool] {
	in := &sns.ListSubscriptionsByTopicInput{TopicArn: &topicARN}
	next := func(i *sns.ListSubscriptionsByTopicInput, o *sns.ListSubscriptionsByTopicOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	confirmed, m := pages(ctx, s, topicARN, sns.NewFromConfig(s.config()).ListSubscriptionsByTopic, in, next,
		func(o *sns.ListSubscriptionsByTopicOutput) []bool {
			var confirmed []bool // and nothing of who the subscribers are
			for _, subscription := range o.Subscriptions {
				confirmed = append(confirmed, isConfirmed(sdk.ToString(subscription.SubscriptionArn)))
			}
			return confirmed
		})
	for _, so := range confirmed {
		if so {
			return evidence.Known(true)
		}
	}
	if m != nil && !m.vanished() {
		return refused[bool](m)
	}
	return evidence.Known(false)
}

// isConfirmed recognises a subscription by its ARN, in whose place stands what else it is.
// https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html
func isConfirmed(arn string) bool {
	return arn != "" && arn != "PendingConfirmation" && arn != "Deleted"
}
