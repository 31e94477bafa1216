package aws

import (
	"context"
	"slices"
	"strings"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch/types"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
)

const docAlarm = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html"

// alarms reads alarms on measurements, alone and composed, and whether somebody hears them.
func alarms() reader {
	kind := evidence.Alarm{}.Kind()
	return reader{
		service: "cloudwatch",
		kinds:   []evidence.Kind{kind},
		operations: []operation{
			{
				name: "DescribeAlarms", action: "cloudwatch:DescribeAlarms", lists: []evidence.Kind{kind},
				fills: []string{"alarm.actions_enabled", "alarm.has_target"},
			},
			{name: "sns.ListSubscriptionsByTopic", action: "sns:ListSubscriptionsByTopic", fills: []string{"alarm.has_target"}},
		},
		read: readAlarms,
	}
}

// alarm is what is kept of an alarm. Those of which it is composed are named in its rule.
type alarm struct {
	arn, name string
	enabled   *bool
	actions   []string
	rule      string
}

func readAlarms(ctx context.Context, s *site) {
	in := &cloudwatch.DescribeAlarmsInput{MaxRecords: sdk.Int32(100), AlarmTypes: []types.AlarmType{types.AlarmTypeCompositeAlarm, types.AlarmTypeMetricAlarm}}
	next := func(i *cloudwatch.DescribeAlarmsInput, o *cloudwatch.DescribeAlarmsOutput) (**string, *string) {
		return &i.NextToken, o.NextToken
	}
	all, m := pages(ctx, s, "", cloudwatch.NewFromConfig(s.config()).DescribeAlarms, in, next, alarmsOf)
	s.hide(m, evidence.Alarm{}.Kind())
	composed := slices.DeleteFunc(slices.Clone(all), func(a alarm) bool { return a.rule == "" })
	each(ctx, s, all, func(ctx context.Context, a alarm) { s.addAlarm(ctx, a, composed, m) })
}

func alarmsOf(o *cloudwatch.DescribeAlarmsOutput) []alarm {
	var all []alarm
	for _, a := range o.MetricAlarms {
		all = append(all, alarm{arn: sdk.ToString(a.AlarmArn), name: sdk.ToString(a.AlarmName), enabled: a.ActionsEnabled, actions: a.AlarmActions})
	}
	for _, a := range o.CompositeAlarms {
		all = append(all, alarm{arn: sdk.ToString(a.AlarmArn), name: sdk.ToString(a.AlarmName), enabled: a.ActionsEnabled, actions: a.AlarmActions,
			rule: sdk.ToString(a.AlarmRule)})
	}
	return all
}

// addAlarm adds an alarm. What it does not tell itself, an alarm may that is composed of it; where the list broke off at m,
// there may be such a one.
func (s *site) addAlarm(ctx context.Context, a alarm, composed []alarm, m *miss) {
	own := s.reaches(ctx, a.actions)
	targets := []evidence.Value[bool]{own}
	for _, whole := range composed {
		if whole.name != a.name && (slices.Contains(namesIn(whole.rule), a.name) || slices.Contains(namesIn(whole.rule), a.arn)) {
			targets = append(targets, evidence.AllTrue(s.reaches(ctx, whole.actions), enabledActions(whole)))
		}
	}
	if m != nil {
		targets = append(targets, refused[bool](m))
	}
	enabled := enabledActions(a)
	if evidence.IsKnown(own, false) && len(targets) > 1 {
		enabled = evidence.AnyTrue(targets[1:]...)
	}
	s.add(thing{arn: a.arn, typ: "cloudwatch:alarm", name: a.name}, evidence.Alarm{
		Region: evidence.Known(s.region), ActionsEnabled: enabled, HasTarget: evidence.AnyTrue(targets...),
	})
}

func enabledActions(a alarm) evidence.Value[bool] {
	if a.enabled == nil {
		return evidence.Default(true, docAlarm)
	}
	return evidence.Known(*a.enabled)
}

// reaches says whether one of the actions reaches somebody: a topic with a subscription, or a receiver that is no topic.
func (s *site) reaches(ctx context.Context, actions []string) evidence.Value[bool] {
	var reached []evidence.Value[bool]
	for _, arn := range actions {
		switch {
		case !awsrules.IsARN(arn):
			reached = append(reached, evidence.Unresolved[bool](evidence.Because("value_not_understood")))
		case !strings.HasPrefix(arn, "arn:"+s.partition+":sns:"):
			return evidence.Known(true)
		default:
			reached = append(reached, asked(s, "sns.ListSubscriptionsByTopic", func() evidence.Value[bool] { return s.topicHeard(ctx, arn) }))
		}
	}
	return evidence.AnyTrue(reached...)
}

// namesIn are the names and ARNs of alarms in the rule of a composed one. Names with spaces or brackets are quoted.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
func namesIn(rule string) []string {
	var names []string
	for n, part := range strings.Split(rule, `"`) {
		if n%2 == 1 {
			names = append(names, part)
			continue
		}
		names = append(names, strings.FieldsFunc(part, func(r rune) bool { return strings.ContainsRune(" (),\t\n", r) })...)
	}
	return names
}
