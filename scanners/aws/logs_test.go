package aws

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

func TestLogGroups(t *testing.T) {
	group := func(more fakeaws.Node) fakeaws.Estate {
		doc := fakeaws.Node{"logGroupName": "/x", "arn": "arn:aws:logs:eu-central-1:111122223333:log-group:/x:*"}
		for k, v := range more {
			doc[k] = v
		}
		return oneRegion(fakeaws.Resource{Type: "logs.group", Region: "eu-central-1", ID: "/x", Doc: doc})
	}
	key := fakeaws.Node{"kmsKeyId": "arn:aws:kms:eu-central-1:111122223333:key/k"}
	for _, c := range []struct {
		name   string
		more   fakeaws.Node
		broken []fakeaws.Rule
		want   map[string]any
	}{
		{"unset", nil, nil, map[string]any{"region": "eu-central-1", "name": "/x", "encryption": "provider-owned", "retention_days": evidence.Never}},
		{"set", fakeaws.Node{"retentionInDays": 30}, nil, map[string]any{"region": "eu-central-1", "name": "/x", "encryption": "provider-owned", "retention_days": 30}},
		{"only passed on", fakeaws.Node{"logGroupClass": "DELIVERY"}, nil, map[string]any{"region": "eu-central-1", "name": "/x", "encryption": "provider-owned", "retention_days": 1}},
		{"a key that must not be read", key, []fakeaws.Rule{{Operation: "kms.DescribeKey", Error: fakeaws.Denied("")}},
			map[string]any{"region": "eu-central-1", "name": "/x", "encryption": "(read_denied)", "retention_days": evidence.Never}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := factOf(t, collect(t, group(c.more), []string{"cloudwatchlogs"}, c.broken...), "log_store", "log-group:/x")
			if diff := cmp.Diff(c.want, plain(f, "region", "name", "encryption", "retention_days")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestLogGroupWithAKeyOfTheCustomer(t *testing.T) {
	s := collect(t, fakeaws.Standard(), []string{"cloudwatchlogs"})
	if diff := cmp.Diff(map[string]any{"encryption": "customer-managed", "retention_days": 365}, plain(factOf(t, s, "log_store", "/good/app"), "encryption", "retention_days")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLogGroupsAfterAPageThatFailed(t *testing.T) {
	var many []fakeaws.Resource
	for n := range 60 {
		name := fmt.Sprintf("/x/%02d", n)
		many = append(many, fakeaws.Resource{Type: "logs.group", Region: "eu-central-1", ID: name,
			Doc: fakeaws.Node{"logGroupName": name, "arn": "arn:aws:logs:eu-central-1:111122223333:log-group:" + name + ":*"}})
	}
	if got := countOf(collect(t, oneRegion(many...), []string{"cloudwatchlogs"}), "log_store"); got != 60 {
		t.Errorf("%d log groups of 60", got)
	}
	s := collect(t, oneRegion(many...), []string{"cloudwatchlogs"}, fakeaws.Rule{Operation: "cloudwatchlogs.DescribeLogGroups", Page: 2, Error: fakeaws.Denied("")})
	wantGaps(t, s, "eu-central-1", gap{"read_denied", "logs:DescribeLogGroups", "log_store"})
	if got := countOf(s, "log_store"); got != 50 {
		t.Errorf("%d log groups of the 50 on the first page", got)
	}
}
