package terraform

import (
	"slices"

	"github.com/zclconf/go-cty/cty"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

const (
	docAlarm     = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudwatch_metric_alarm"
	docEventRule = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudwatch_event_rule"
)

// alarms reads alarms on measurements, alone and composed.
func alarms() reader {
	return reader{
		types: []string{"aws_cloudwatch_composite_alarm", "aws_cloudwatch_metric_alarm"},
		joins: topicTypes(),
		kinds: []evidence.Kind{evidence.Alarm{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			own, joined := receiversOf(r, i, i.Attr("alarm_actions"))
			targets := []evidence.Value[bool]{own}
			for _, whole := range composedFrom(r, i) {
				target, more := receiversOf(r, whole, whole.Attr("alarm_actions"))
				targets = append(targets, evidence.AllTrue(target, enabledActions(whole)))
				joined = append(append(joined, whole), more...)
			}
			return one(evidence.Alarm{
				Region:         i.Provider.Region,
				ActionsEnabled: actionsEnabled(i, targets),
				HasTarget:      evidence.AnyTrue(targets...),
			}, joined...)
		},
	}
}

func enabledActions(i *eval.Instance) evidence.Value[bool] {
	return i.Attr("actions_enabled").Bool(unset(i, true, docAlarm))
}

// actionsEnabled is the alarm's own switch, unless only the alarm that it is a part of notifies anybody.
func actionsEnabled(i *eval.Instance, targets []evidence.Value[bool]) evidence.Value[bool] {
	if evidence.IsKnown(targets[0], false) && len(targets) > 1 {
		return evidence.AnyTrue(targets[1:]...)
	}
	return enabledActions(i)
}

// composedFrom returns the composed alarms whose rule names the alarm.
func composedFrom(r *eval.Root, i *eval.Instance) []*eval.Instance {
	var all []*eval.Instance
	for _, whole := range r.OfType("aws_cloudwatch_composite_alarm") {
		names := func(ref eval.Ref) bool { return ref.Address == i.Address }
		if whole != i && !whole.Placeholder && slices.ContainsFunc(whole.Attr("alarm_rule").Refs(), names) {
			all = append(all, whole)
		}
	}
	return all
}

// eventAlarms reads the event rules that wait for the findings of security services, with their targets.
func eventAlarms() reader {
	return reader{
		types: []string{"aws_cloudwatch_event_rule"},
		joins: append([]string{"aws_cloudwatch_event_target"}, topicTypes()...),
		kinds: []evidence.Kind{evidence.Alarm{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			onFindings := waitsForFindings(i)
			if evidence.IsKnown(onFindings, false) {
				return nil
			}
			target, joined := eventTarget(r, i)
			return one(evidence.Alarm{
				Region:         i.Provider.Region,
				ActionsEnabled: eventRuleEnabled(i),
				HasTarget:      evidence.AllTrue(onFindings, target),
			}, joined...)
		},
	}
}

// waitsForFindings says whether the rule's pattern names a service that finds threats or breaches of policy.
func waitsForFindings(i *eval.Instance) evidence.Value[bool] {
	pattern := i.Attr("event_pattern")
	if pattern.IsUnset() {
		return evidence.Known(false)
	}
	doc, known, why := pattern.JSON()
	if !known {
		return evidence.Unresolved[bool](why).At(pattern.At())
	}
	source := member(doc, "source")
	if source == cty.NilVal {
		return evidence.Known(false).At(pattern.At())
	}
	sources := termsOf(source, pattern.Why())
	for _, text := range sources.Texts() {
		if slices.Contains(awsrules.FindingSources(), text) {
			return evidence.Known(true).At(pattern.At())
		}
	}
	if !sources.Complete() {
		return evidence.Unresolved[bool](reasonOr(pattern.Why())).At(pattern.At())
	}
	return evidence.Known(false).At(pattern.At())
}

func eventRuleEnabled(i *eval.Instance) evidence.Value[bool] {
	if state := i.Attr("state"); state.IsSet() {
		return evidence.Map(state.Text(evidence.Known("")), func(s string) bool { return s != "DISABLED" })
	}
	return i.Attr("is_enabled").Bool(unset(i, true, docEventRule))
}

// eventTarget says whether a target of the rule reaches somebody.
func eventTarget(r *eval.Root, i *eval.Instance) (evidence.Value[bool], []*eval.Instance) {
	links := r.Linked(i, "aws_cloudwatch_event_target", "rule")
	var reached []evidence.Value[bool]
	var joined []*eval.Instance
	for _, target := range links.All {
		v, more := receiversOf(r, target, target.Attr("arn"))
		if target.Placeholder && !i.Placeholder && !evidence.IsKnown(v, false) {
			v = evidence.Unresolved[bool](countNotKnown(target)).At(target.At(evidence.RoleDecides))
		}
		reached = append(reached, v)
		joined = append(append(joined, target), more...)
	}
	if len(reached) == 0 {
		return defaulted(i, links.Orphans, false, docEventRule), joined
	}
	for _, why := range links.Orphans {
		reached = append(reached, evidence.Unresolved[bool](why).At(i.At(evidence.RoleDefaults)))
	}
	return evidence.AnyTrue(reached...), joined
}
