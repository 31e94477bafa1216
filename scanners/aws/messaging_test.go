package aws

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

// estateOf is the standard account with these resources and no others.
func estateOf(resources ...fakeaws.Resource) fakeaws.Estate {
	return fakeaws.Estate{Accounts: []fakeaws.Account{{ID: fakeaws.StandardAccount, Regions: []string{"eu-central-1"}, Resources: resources}}}
}

// standardOf is what the readers of the services make of the standard estate.
func standardOf(t *testing.T, services ...string) evidence.Snapshot {
	t.Helper()
	return collect(t, fakeaws.Standard(), services)
}

// siteOf is a place of the standard account as no reader sees it, with faults.
func siteOf(t *testing.T, estate fakeaws.Estate, region string, breaks ...fakeaws.Rule) *site {
	t.Helper()
	server := fakeaws.New(estate)
	t.Cleanup(server.Close)
	for _, rule := range breaks {
		if rule.Operation != "" {
			server.Break(rule)
		}
	}
	accounts, err := New(testOptions(server)).accounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return &site{place: &place{account: accounts[0], region: region, found: map[evidence.Kind]int{}}}
}

// sayings are some settings of the facts whose addresses end with the names, by name.
func sayings(t *testing.T, s evidence.Snapshot, kind evidence.Kind, names []string, settings ...string) map[string]map[string]any {
	t.Helper()
	got := map[string]map[string]any{}
	for _, name := range names {
		got[name] = plain(factOf(t, s, kind, name), settings...)
	}
	return got
}

// missing says why a sweep of the region may lack facts of the kind: the reasons' codes with the actions that they name.
func missing(s evidence.Snapshot, region string, kind evidence.Kind) []string {
	var codes []string
	for _, sweep := range s.Sweeps {
		if sweep.Place.Region != region {
			continue
		}
		for _, gap := range sweep.Missing(kind) {
			codes = append(codes, gap.Code+" "+gap.Args["action"])
		}
	}
	return codes
}

func TestTopicsAndQueuesAsTheyAre(t *testing.T) {
	s := standardOf(t, "sns", "sqs", "kinesis")
	got := map[string]map[string]map[string]any{
		"topics":  sayings(t, s, "topic", []string{"eu-central-1:111122223333:good-alarms", "eu-north-1:111122223333:bad-alarms"}, "copies", "encryption", "region"),
		"queues":  sayings(t, s, "queue", []string{"eu-central-1:111122223333:good-orders", "eu-central-1:111122223333:bad-orders"}, "encryption", "retention_days", "tls_required"),
		"streams": sayings(t, s, "queue", []string{"good-clicks", "bad-clicks"}, "encryption", "retention_days", "tls_required"),
	}
	want := map[string]map[string]map[string]any{
		"topics": {
			"eu-central-1:111122223333:good-alarms": {"copies": []string{}, "encryption": "customer-managed", "region": "eu-central-1"},
			"eu-north-1:111122223333:bad-alarms":    {"copies": []string{}, "encryption": "provider-owned", "region": "eu-north-1"},
		},
		"queues": {
			"eu-central-1:111122223333:good-orders": {"encryption": "customer-managed", "retention_days": 4, "tls_required": true},
			"eu-central-1:111122223333:bad-orders":  {"encryption": "provider-owned", "retention_days": 14, "tls_required": false},
		},
		"streams": {
			"good-clicks": {"encryption": "customer-managed", "retention_days": 1, "tls_required": true},
			"bad-clicks":  {"encryption": "none", "retention_days": 365, "tls_required": true},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestMessagesWithoutAKeyAreOnEncryptedDisks(t *testing.T) {
	s := standardOf(t, "sns", "sqs")
	note := []evidence.Reason{evidence.Because("disk_encryption_only")}
	for _, c := range []struct {
		kind evidence.Kind
		name string
		want []evidence.Reason
	}{
		{"topic", "bad-alarms", note}, {"topic", "good-alarms", nil},
		{"queue", "bad-orders", note}, {"queue", "good-orders", nil},
		{"queue", "bad-elsewhere", nil}, // encrypted by SQS itself
	} {
		if diff := cmp.Diff(c.want, factOf(t, s, c.kind, c.name).Notes); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestRefusedAttributesOfTopicsAndQueuesAreDenied(t *testing.T) {
	for operation, setting := range map[string]string{
		"sns.GetTopicAttributes": "topic.encryption", "sqs.GetQueueAttributes": "queue.tls_required", "kinesis.DescribeStreamSummary": "queue.encryption",
	} {
		kind, name, _ := strings.Cut(setting, ".")
		s := collect(t, fakeaws.Standard(), []string{serviceOf(operation)}, fakeaws.Rule{Operation: operation, Error: fakeaws.Denied("")})
		for _, f := range s.Facts {
			r := f.Settings[name]
			if r.State != evidence.StateDenied || r.Why.Args["action"] != actionOf(operation) {
				t.Errorf("%s: %s of a %s is %s, %v", operation, name, kind, r.State, r.Why)
			}
		}
		if len(s.Facts) < 2 {
			t.Errorf("%s: %d facts", operation, len(s.Facts))
		}
	}
}

func TestVanishedQueuesAreNoFacts(t *testing.T) {
	gone := fakeaws.Error{Status: 400, Code: "QueueDoesNotExist", Message: "gone"}
	s := collect(t, fakeaws.Standard(), []string{"sqs"}, fakeaws.Rule{Operation: "sqs.GetQueueAttributes", Error: gone})
	if len(s.Facts) > 0 {
		t.Errorf("facts of queues that are gone: %v", s.Facts)
	}
}

func TestListsOfMessagesThatEndEarlyAreNotWhole(t *testing.T) {
	for operation, kind := range map[string]evidence.Kind{"sns.ListTopics": "topic", "sqs.ListQueues": "queue", "kinesis.ListStreams": "queue"} {
		s := collect(t, fakeaws.Standard(), []string{serviceOf(operation)}, fakeaws.Rule{Operation: operation, Error: fakeaws.Denied("")})
		want := []string{"read_denied " + actionOf(operation)}
		if diff := cmp.Diff(want, missing(s, "eu-central-1", kind)); diff != "" {
			t.Errorf("%s: %s", operation, diff)
		}
	}
}

func TestATopicIsHeardOnlyByWhoConfirmed(t *testing.T) {
	topic := func(name string) string { return "arn:aws:sns:eu-central-1:111122223333:" + name }
	for _, c := range []struct {
		name, arn string
		rule      fakeaws.Rule
		want      map[string]any
	}{
		{name: "confirmed", arn: topic("good-alarms"), want: map[string]any{"heard": true}},
		{name: "pending and deleted", arn: topic("bad-alarms"), want: map[string]any{"heard": false}},
		{name: "no such topic", arn: topic("gone"), want: map[string]any{"heard": false}},
		{name: "denied", arn: topic("bad-alarms"), rule: fakeaws.Rule{Operation: "sns.ListSubscriptionsByTopic", Error: fakeaws.Denied("")},
			want: map[string]any{"heard": "(read_denied)"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := siteOf(t, fakeaws.Standard(), "eu-central-1", c.rule)
			heard := s.topicHeard(t.Context(), c.arn)
			got := plain(evidence.Fact{Settings: map[string]evidence.Reading{"heard": heard.Reading()}}, "heard")
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
