package aws

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

func TestConfigurationRecorders(t *testing.T) {
	s := collect(t, fakeaws.Standard(), []string{"configservice"})
	for name, want := range map[string]map[string]any{
		"good-recorder": {"region": "eu-central-1", "recording": true, "all_resources": true},
		"bad-recorder":  {"region": "eu-north-1", "recording": false, "all_resources": false},
	} {
		if diff := cmp.Diff(want, plain(factOf(t, s, "configuration_recorder", name), "region", "recording", "all_resources")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if got := countOf(s, "configuration_recorder"); got != 2 {
		t.Errorf("%d recorders; that of a service is none of the customer's", got)
	}
}

func TestDeniedRecorders(t *testing.T) {
	s := collect(t, fakeaws.Standard(), []string{"configservice"},
		fakeaws.Rule{Operation: "configservice.DescribeConfigurationRecorders", Region: "eu-north-1", Error: fakeaws.Denied("")},
		fakeaws.Rule{Operation: "configservice.DescribeConfigurationRecorderStatus", Region: "eu-central-1", Error: fakeaws.Denied("")})
	wantGaps(t, s, "eu-north-1", gap{"read_denied", "config:DescribeConfigurationRecorders", "configuration_recorder"})
	wantGaps(t, s, "eu-central-1")
	if diff := cmp.Diff(map[string]any{"recording": "(read_denied)", "all_resources": true}, plain(factOf(t, s, "configuration_recorder", "good-recorder"), "recording", "all_resources")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
