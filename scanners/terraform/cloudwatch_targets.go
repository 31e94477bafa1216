package terraform

import (
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

const docTopicSubscription = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sns_topic_subscription"

func topicTypes() []string { return []string{"aws_sns_topic", "aws_sns_topic_subscription"} }

// receiversOf says whether one of the ARNs in actions, an attribute of i, reaches somebody: a topic with a subscription
// in this root, or a receiver that is no topic. A topic that this root does not declare may have subscribers elsewhere.
func receiversOf(r *eval.Root, i *eval.Instance, actions eval.Attr) (evidence.Value[bool], []*eval.Instance) {
	if actions.IsUnset() {
		return unset(i, false, docAlarm), nil
	}
	var reached []evidence.Value[bool]
	var joined []*eval.Instance
	topics := r.Targets(actions, "aws_sns_topic")
	for _, topic := range topics.All {
		v, subscriptions := subscribed(r, topic)
		reached = append(reached, v)
		joined = append(append(joined, topic), subscriptions...)
	}
	for _, typ := range typesNamed(r, actions) {
		if typ != "aws_sns_topic" {
			reached = append(reached, evidence.Known(true).At(actions.At()))
		}
	}
	reached = append(reached, literalReceivers(actions)...)
	if len(reached) == 0 && isEmptyList(actions) {
		return evidence.Known(false).At(actions.At()), joined
	}
	if len(reached) == 0 || len(topics.Orphans) > 0 {
		why := actions.Why()
		if len(topics.Orphans) > 0 {
			why = topics.Orphans[0]
		}
		reached = append(reached, evidence.Unresolved[bool](why).At(actions.At()))
	}
	if slices.ContainsFunc(actions.Elements(), func(e eval.Attr) bool { return !e.MayBeEmpty() }) {
		return evidence.AnyTrue(reached...), joined
	}
	return evidence.AllTrue(evidence.AnyTrue(reached...), evidence.Unresolved[bool](actions.Why()).At(actions.At())), joined
}

// subscribed says whether somebody has subscribed to the topic, as far as this root tells.
func subscribed(r *eval.Root, topic *eval.Instance) (evidence.Value[bool], []*eval.Instance) {
	if topic.Data {
		return evidence.Unresolved[bool](evidence.Because("looked_up", "address", topic.Address)).At(topic.At(evidence.RoleDecides)), nil
	}
	links := r.Linked(topic, "aws_sns_topic_subscription", "topic_arn")
	return present(topic, links, docTopicSubscription), links.All
}

// literalReceivers looks at the ARNs that are written out: those of topics lead somewhere unknown, others to a receiver.
func literalReceivers(actions eval.Attr) []evidence.Value[bool] {
	var texts []string
	if one, known := actions.Text(evidence.Known("")).Get(); known {
		texts = append(texts, one)
	}
	list, _ := actions.Texts(evidence.Known[[]string](nil)).Get()
	var reached []evidence.Value[bool]
	for _, arn := range append(texts, list...) {
		if service, ok := arnService(arn); ok && service != "sns" {
			reached = append(reached, evidence.Known(true).At(actions.At()))
		}
	}
	return reached
}

// arnService is the service that an ARN names.
func arnService(arn string) (string, bool) {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" {
		return "", false
	}
	return parts[2], true
}

// isEmptyList says whether the attribute surely holds a list without elements.
func isEmptyList(a eval.Attr) bool {
	list := a.Texts(evidence.Value[[]string]{})
	got, known := list.Get()
	return known && len(got) == 0 && len(list.More()) == 0
}
