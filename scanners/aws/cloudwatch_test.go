package aws

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// oneRegion is an estate of one region with these resources.
func oneRegion(resources ...fakeaws.Resource) fakeaws.Estate {
	return fakeaws.Estate{Accounts: []fakeaws.Account{{ID: fakeaws.StandardAccount, Regions: []string{"eu-central-1"}, Resources: resources}}}
}

func TestAlarms(t *testing.T) {
	const pager = "arn:aws:lambda:eu-central-1:111122223333:function:pager"
	const topic = "arn:aws:sns:eu-central-1:111122223333:"
	alarm := func(kind, name string, more fakeaws.Node) fakeaws.Resource {
		doc := fakeaws.Node{"AlarmName": name, "AlarmArn": "arn:aws:cloudwatch:eu-central-1:111122223333:alarm:" + name, "AlarmActions": []any{}}
		for k, v := range more {
			doc[k] = v
		}
		return fakeaws.Resource{Type: kind, Region: "eu-central-1", ID: name, Doc: doc}
	}
	one := func(more fakeaws.Node) []fakeaws.Resource {
		return []fakeaws.Resource{alarm("cloudwatch.alarm", "a", more)}
	}
	to := func(arns ...any) fakeaws.Node { return fakeaws.Node{"AlarmActions": arns, "ActionsEnabled": true} }
	composed := func(rule string, enabled bool) []fakeaws.Resource {
		return append(one(nil), alarm("cloudwatch.composite", "whole", fakeaws.Node{"AlarmRule": rule, "AlarmActions": []any{pager}, "ActionsEnabled": enabled}))
	}
	for _, c := range []struct {
		name      string
		resources []fakeaws.Resource
		broken    []fakeaws.Rule
		want      map[string]any
	}{
		{"no action", one(nil), nil, map[string]any{"actions_enabled": true, "has_target": false}},
		{"a receiver", one(to(pager)), nil, map[string]any{"actions_enabled": true, "has_target": true}},
		{"switched off", one(fakeaws.Node{"AlarmActions": []any{pager}, "ActionsEnabled": false}), nil, map[string]any{"actions_enabled": false, "has_target": true}},
		{"a topic that is not there", one(to(topic + "gone")), nil, map[string]any{"actions_enabled": true, "has_target": false}},
		{"a topic that must not be read", one(to(topic + "t")), []fakeaws.Rule{{Operation: "sns.ListSubscriptionsByTopic", Error: fakeaws.Denied("")}},
			map[string]any{"actions_enabled": true, "has_target": "(read_denied)"}},
		{"no ARN", one(to("somebody")), nil, map[string]any{"actions_enabled": true, "has_target": "(value_not_understood)"}},
		{"part of another", composed(`OK(b) OR ALARM("a")`, true), nil, map[string]any{"actions_enabled": true, "has_target": true}},
		{"part of another by its ARN", composed(`ALARM(arn:aws:cloudwatch:eu-central-1:111122223333:alarm:a)`, true), nil, map[string]any{"actions_enabled": true, "has_target": true}},
		{"part of one that is switched off", composed(`ALARM(a)`, false), nil, map[string]any{"actions_enabled": false, "has_target": false}},
		{"not part of a longer name", composed(`ALARM("a b") OR ALARM(aa)`, true), nil, map[string]any{"actions_enabled": true, "has_target": false}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := collect(t, oneRegion(c.resources...), []string{"cloudwatch"}, c.broken...)
			if diff := cmp.Diff(c.want, plain(factOf(t, s, "alarm", ":a"), "actions_enabled", "has_target")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestAlarmsThatLeadToTopics(t *testing.T) {
	s := collect(t, fakeaws.Standard(), []string{"cloudwatch"})
	for name, want := range map[string]bool{"good-heard": true, "bad-unheard": false, "good-part": true, "bad-alarm": false} {
		if got := factOf(t, s, "alarm", ":"+name).Settings["has_target"].Value; got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestComposedAlarmsThatWereNotListedMayNotify(t *testing.T) {
	p := &place{account: &account{id: fakeaws.StandardAccount, partition: "aws"}, region: "eu-central-1", found: map[evidence.Kind]int{}}
	s := &site{place: p, reader: alarms(), told: positionsOf(alarms())}
	s.addAlarm(t.Context(), alarm{arn: "arn:aws:cloudwatch:eu-central-1:1:alarm:a", name: "a"}, nil, &miss{operation: "cloudwatch.DescribeAlarms", partial: true, outcome: evidence.OutcomeError})
	if diff := cmp.Diff(map[string]any{"actions_enabled": "(read_incomplete)", "has_target": "(read_incomplete)"}, plain(p.facts[0], "actions_enabled", "has_target")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
