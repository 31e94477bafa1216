package aws

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// rulesOf are what the alarms of a snapshot say that are rules on events, by name.
func rulesOf(s evidence.Snapshot) map[string]map[string]any {
	got := map[string]map[string]any{}
	for _, f := range s.Facts {
		for _, k := range f.Keys {
			if k.Type == "events:rule" {
				got[k.Name] = plain(f, "actions_enabled", "has_target")
			}
		}
	}
	return got
}

// eventRuleDoc is a rule that waits for findings and sends them to a topic that nobody hears.
func eventRuleDoc(name string, more fakeaws.Node) fakeaws.Resource {
	doc := fakeaws.Node{"Name": name, "Arn": "arn:aws:events:eu-central-1:111122223333:rule/" + name, "State": "ENABLED", "EventPattern": `{"source":["aws.guardduty"]}`}
	for k, v := range more {
		doc[k] = v
	}
	return fakeaws.Resource{Type: "eventbridge.rule", Region: "eu-central-1", ID: name, Doc: doc,
		Sub: map[string]any{"eventbridge.ListTargetsByRule": []fakeaws.Node{{"Id": "t", "Arn": "arn:aws:sns:eu-central-1:111122223333:gone"}}}}
}

func TestRulesThatWaitForFindingsAreAlarms(t *testing.T) {
	want := map[string]map[string]any{
		"good-findings": {"actions_enabled": true, "has_target": true},
		"bad-unheard":   {"actions_enabled": true, "has_target": false},
		"bad-off":       {"actions_enabled": false, "has_target": true},
	}
	s := collect(t, fakeaws.Standard(), []string{"eventbridge"})
	if diff := cmp.Diff(want, rulesOf(s)); diff != "" {
		t.Errorf("rules for something else, by the clock and of a service are no alarms (-want +got):\n%s", diff)
	}
	wantGaps(t, s, "eu-central-1")
}

func TestRulesOnEvents(t *testing.T) {
	for _, c := range []struct {
		name string
		rule fakeaws.Resource
		want map[string]any // nil: no alarm
	}{
		{"nobody hears", eventRuleDoc("r", nil), map[string]any{"actions_enabled": true, "has_target": false}},
		{"events of CloudTrail too", eventRuleDoc("r", fakeaws.Node{"State": "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"}), map[string]any{"actions_enabled": true, "has_target": false}},
		{"in a new state", eventRuleDoc("r", fakeaws.Node{"State": "PAUSED"}), map[string]any{"actions_enabled": "(unmodelled_value)", "has_target": false}},
		{"made for people", eventRuleDoc("r", fakeaws.Node{"ManagedBy": "notifications.amazonaws.com"}), map[string]any{"actions_enabled": true, "has_target": "(notifications_not_read)"}},
		{"made by a service for itself", eventRuleDoc("r", fakeaws.Node{"ManagedBy": "inspector2.amazonaws.com"}), nil},
		{"made by a schedule", eventRuleDoc("r", fakeaws.Node{"EventPattern": nil, "ScheduleExpression": "rate(1 day)"}), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, rulesOf(collect(t, oneRegion(c.rule), []string{"eventbridge"}))["r"]); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestPatternsThatWaitForFindings(t *testing.T) {
	for pattern, want := range map[string]string{
		"":                               "false",
		`{"source":["aws.guardduty"]}`:   "true",
		`{"source":["my.app"]}`:          "false",
		`{"source":[]}`:                  "false",
		`{"detail":{"source":["aws"]}}`:  "false",
		`{"source":[{"prefix":"aws."}]}`: "value_not_understood",
		`{"source":[{"prefix":"aws."},"aws.health"]}`:  "true",
		`{"source":["my.app",{"anything-but":["a"]}]}`: "value_not_understood",
		`{"source":"aws.guardduty"}`:                   "value_not_understood",
		`{`:                                            "value_not_understood",
	} {
		v := waitsForFindings(pattern)
		got := v.Why().Code
		if waits, known := v.Get(); known {
			got = strconv.FormatBool(waits)
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", pattern, got, want)
		}
	}
}

func TestRefusedReadsOfRules(t *testing.T) {
	deny := func(operation string, page int) fakeaws.Rule {
		return fakeaws.Rule{Operation: operation, Page: page, Error: fakeaws.Denied("")}
	}
	for _, c := range []struct {
		name   string
		broken fakeaws.Rule
		rules  int
		want   any // whether the good rule has a target
		gaps   []gap
	}{
		{"the list", deny("eventbridge.ListRules", 0), 0, nil, []gap{{"read_denied", "events:ListRules", "alarm"}}},
		{"the list's second page", deny("eventbridge.ListRules", 2), 1, true, []gap{{"read_denied", "events:ListRules", "alarm"}}},
		{"the targets", deny("eventbridge.ListTargetsByRule", 0), 3, "(read_denied)", nil},
		{"the targets' second page, after a queue", deny("eventbridge.ListTargetsByRule", 2), 3, true, nil},
		{"the subscriptions, beside a queue", deny("sns.ListSubscriptionsByTopic", 0), 3, true, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := fakeaws.NewPaged(fakeaws.Standard(), 1)
			t.Cleanup(server.Close)
			server.Break(c.broken)
			s := collectFrom(t, testOptions(server), []string{"eventbridge"})
			got := rulesOf(s)
			if len(got) != c.rules || got["good-findings"]["has_target"] != c.want {
				t.Errorf("%v", got)
			}
			wantGaps(t, s, "eu-central-1", c.gaps...)
		})
	}
}

func TestRegionsWithoutRulesCostOneCall(t *testing.T) {
	calls := map[string]int{}
	for _, c := range collect(t, fakeaws.Standard(), []string{"eventbridge"}).Calls {
		calls[c.Region+" "+c.Operation]++
	}
	want := map[string]int{"eu-central-1 eventbridge.ListRules": 1, "eu-central-1 eventbridge.ListTargetsByRule": 3, "eu-central-1 sns.ListSubscriptionsByTopic": 2, // one for each topic

		"eu-north-1 eventbridge.ListRules": 1, "us-east-1 eventbridge.ListRules": 1}
	for name, n := range want {
		if calls[name] != n {
			t.Errorf("%s: %d calls, want %d", name, calls[name], n)
		}
	}
}
