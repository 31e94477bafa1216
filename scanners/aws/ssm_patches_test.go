package aws

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

func patchSettings() []string {
	return []string{"critical_missing", "managed", "missing_patches", "scan_age_days"}
}

func TestPatchesOfMachinesAsTheyAre(t *testing.T) {
	s := standardOf(t, "ssm")
	got := sayings(t, s, "patch_state", []string{"/i-good#patches", "/i-bad#patches", "/mi-bad#patches", "/mi-unscanned#patches", "/mi-silent#patches"}, patchSettings()...)
	patched := func(critical, managed, missing, age any) map[string]any {
		return map[string]any{"critical_missing": critical, "managed": managed, "missing_patches": missing, "scan_age_days": age}
	}
	want := map[string]map[string]any{
		"/i-good#patches":       patched(0, true, 0, 2),
		"/i-bad#patches":        patched("(not_managed)", false, "(not_managed)", "(not_managed)"), // EC2 runs it, and no agent reports
		"/mi-bad#patches":       patched(3, true, 5, 40),
		"/mi-unscanned#patches": patched("(never_scanned)", true, "(never_scanned)", evidence.Never),
		"/mi-silent#patches":    patched("(not_managed)", false, "(not_managed)", "(not_managed)"), // it had an agent
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// The summary of compliance has a row for each thing that a machine complies with: that of an association says nothing of
// patches, and comes under the same name.
func TestAssociationsSayNothingOfPatches(t *testing.T) {
	server := fakeaws.New(fakeaws.Standard())
	t.Cleanup(server.Close)
	s := collectFrom(t, testOptions(server), []string{"ssm"})
	if diff := cmp.Diff(map[string]any{"missing_patches": 5}, plain(factOf(t, s, "patch_state", "/mi-bad#patches"), "missing_patches")); diff != "" {
		t.Error(diff)
	}
	if n := server.Count()["ssm.ListResourceComplianceSummaries"]; n > 0 {
		t.Errorf("summaries of compliance are read %d times", n)
	}
}

func TestMachinesThatAreTerminatedAreNotAsked(t *testing.T) {
	machine := func(id, state string) fakeaws.Resource {
		return fakeaws.Resource{Type: "ec2.instance", Region: "eu-central-1", ID: id, Doc: fakeaws.Node{
			"instanceId": id, "instanceState": fakeaws.Node{"name": state}}}
	}
	s := collect(t, estateOf(machine("i-gone", "terminated"), machine("i-going", "shutting-down"), machine("i-stopped", "stopped")), []string{"ssm"})
	var got []string
	for _, f := range s.Facts {
		got = append(got, f.Address)
	}
	if diff := cmp.Diff([]string{"arn:aws:ec2:eu-central-1:111122223333:instance/i-stopped#patches"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestRefusedReadsOfPatches(t *testing.T) {
	for _, c := range []struct {
		operation, address string
		want               map[string]any
		missing            []string
	}{
		{operation: "ssm.DescribeInstancePatchStates", address: "/i-good#patches", want: map[string]any{"critical_missing": "(read_denied)",
			"managed": true, "missing_patches": "(read_denied)", "scan_age_days": "(read_denied)"}},
		{operation: "ssm.DescribeInstanceInformation", address: "/i-good#patches", missing: []string{"read_denied ssm:DescribeInstanceInformation"},
			want: map[string]any{"critical_missing": "(read_denied)", "managed": "(read_denied)", "missing_patches": "(read_denied)", "scan_age_days": "(read_denied)"}},
		{operation: "ec2.DescribeInstances", address: "/i-good#patches", missing: []string{"read_denied ec2:DescribeInstances"},
			want: map[string]any{"critical_missing": 0, "managed": true, "missing_patches": 0, "scan_age_days": 2}},
	} {
		t.Run(c.operation, func(t *testing.T) {
			s := collect(t, fakeaws.Standard(), []string{"ssm"}, fakeaws.Rule{Operation: c.operation, Error: fakeaws.Denied("")})
			if diff := cmp.Diff(c.want, plain(factOf(t, s, "patch_state", c.address), patchSettings()...)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(c.missing, missing(s, "eu-central-1", "patch_state")); diff != "" {
				t.Error(diff)
			}
		})
	}
}
