package aws

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

// eventAlarms reads the event rules that wait for the findings of other services, and whether somebody hears them. They are
// rules of the default bus: to it alone services send their events.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus.html
func eventAlarms() reader {
	kind := evidence.Alarm{}.Kind()
	return reader{
		service: "eventbridge",
		kinds:   []evidence.Kind{kind},
		operations: []operation{
			{name: "ListRules", action: "events:ListRules", lists: []evidence.Kind{kind}, fills: []string{"alarm.actions_enabled", "alarm.has_target"}},
			{name: "ListTargetsByRule", action: "events:ListTargetsByRule", fills: []string{"alarm.has_target"}},
			{name: "sns.ListSubscriptionsByTopic", action: "sns:ListSubscriptionsByTopic", fills: []string{"alarm.has_target"}},
		},
		read: readEventAlarms,
	}
}

// eventRule is what is kept of a rule.
type eventRule struct {
	arn, name string
	enabled   evidence.Value[bool]
	waits     evidence.Value[bool] // for findings
	forPeople bool                 // AWS User Notifications made it
}

func readEventAlarms(ctx context.Context, s *site) {
	client := eventbridge.NewFromConfig(s.config())
	next := func(i *eventbridge.ListRulesInput, o *eventbridge.ListRulesOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	rules, m := pages(ctx, s, "", client.ListRules, &eventbridge.ListRulesInput{Limit: sdk.Int32(100)}, next, eventRulesOf)
	s.hide(m, evidence.Alarm{}.Kind())
	each(ctx, s, rules, func(ctx context.Context, r eventRule) {
		target := asked(s, "ListTargetsByRule", func() evidence.Value[bool] { return s.ruleReaches(ctx, client, r) })
		s.add(thing{arn: r.arn, typ: "events:rule", name: r.name}, evidence.Alarm{
			Region: evidence.Known(s.region), ActionsEnabled: r.enabled, HasTarget: evidence.AllTrue(r.waits, target),
		})
	})
}

// userNotifications is the service that tells people of events. The rules that other services make for themselves do not.
// https://docs.aws.amazon.com/notifications/latest/userguide/ev-managed-rules.html
const userNotifications = "notifications.amazonaws.com"

// eventRulesOf are the rules of a page that may wait for findings.
func eventRulesOf(o *eventbridge.ListRulesOutput) []eventRule {
	var all []eventRule
	for _, r := range o.Rules {
		by, waits := sdk.ToString(r.ManagedBy), waitsForFindings(sdk.ToString(r.EventPattern))
		if evidence.IsKnown(waits, false) || by != "" && by != userNotifications {
			continue
		}
		all = append(all, eventRule{arn: sdk.ToString(r.Arn), name: sdk.ToString(r.Name), enabled: ruleEnabled(r.State),
			waits: waits, forPeople: by == userNotifications})
	}
	return all
}

func ruleEnabled(state types.RuleState) evidence.Value[bool] {
	switch state {
	case types.RuleStateDisabled:
		return evidence.Known(false)
	case types.RuleStateEnabled, types.RuleStateEnabledWithAllCloudtrailManagementEvents:
		return evidence.Known(true)
	}
	return evidence.NotKnown[bool](unmodelled(string(state)))
}

// waitsForFindings says whether a pattern names a service that finds threats or breaches of policy. A pattern may also say
// how a source begins or what it is not; without one the rule runs by the clock.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
func waitsForFindings(pattern string) evidence.Value[bool] {
	if strings.TrimSpace(pattern) == "" {
		return evidence.Known(false)
	}
	var p struct {
		Source []any `json:"source"`
	}
	if err := json.Unmarshal([]byte(pattern), &p); err != nil {
		return evidence.Unresolved[bool](evidence.Because("value_not_understood"))
	}
	waits := evidence.Known(false)
	for _, source := range p.Source {
		text, plain := source.(string)
		switch {
		case !plain:
			waits = evidence.Unresolved[bool](evidence.Because("value_not_understood"))
		case slices.Contains(awsrules.FindingSources(), text):
			return evidence.Known(true)
		}
	}
	return waits
}

// ruleReaches says whether a target of the rule reaches somebody.
func (s *site) ruleReaches(ctx context.Context, client *eventbridge.Client, r eventRule) evidence.Value[bool] {
	if r.forPeople {
		return evidence.Unresolved[bool](evidence.Because("notifications_not_read"))
	}
	next := func(i *eventbridge.ListTargetsByRuleInput, o *eventbridge.ListTargetsByRuleOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	targets, m := pages(ctx, s, r.name, client.ListTargetsByRule, &eventbridge.ListTargetsByRuleInput{Rule: &r.name, Limit: sdk.Int32(100)}, next,
		func(o *eventbridge.ListTargetsByRuleOutput) []string {
			return project(o.Targets, func(t types.Target) string { return sdk.ToString(t.Arn) }) // and not what is sent to it
		})
	reached := s.reaches(ctx, targets)
	if m != nil {
		return evidence.AnyTrue(reached, refused[bool](m))
	}
	return reached
}
