package aws

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

func countOf(s evidence.Snapshot, kind evidence.Kind) int {
	n := 0
	for _, f := range s.Facts {
		if f.Kind == kind {
			n++
		}
	}
	return n
}

func TestDetectors(t *testing.T) {
	s := collect(t, fakeaws.Standard(), []string{"guardduty"})
	for name, want := range map[string]map[string]any{
		"d1": {"enabled": true, "region": "eu-central-1"},
		"d2": {"enabled": false, "region": "eu-north-1"},
	} {
		if diff := cmp.Diff(want, plain(factOf(t, s, "threat_detector", name), "enabled", "region")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if got := countOf(s, "threat_detector"); got != 2 {
		t.Errorf("%d detectors; a region without one has none", got)
	}
	wantGaps(t, s, "us-east-1")
}

func TestDeniedDetectorsAreNotNoDetectors(t *testing.T) {
	s := collect(t, fakeaws.Standard(), []string{"guardduty"}, fakeaws.Rule{Operation: "guardduty.ListDetectors", Region: "us-east-1", Error: fakeaws.Denied("")})
	wantGaps(t, s, "us-east-1", gap{"read_denied", "guardduty:ListDetectors", "threat_detector"})
	wantGaps(t, s, "eu-north-1")
}

func TestDeniedDetector(t *testing.T) {
	s := collect(t, fakeaws.Standard(), []string{"guardduty"}, fakeaws.Rule{Operation: "guardduty.GetDetector", Error: fakeaws.Denied("")})
	if diff := cmp.Diff(map[string]any{"enabled": "(read_denied)"}, plain(factOf(t, s, "threat_detector", "d1"), "enabled")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
