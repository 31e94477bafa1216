package aws

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/aws/fakeaws"
)

func TestVaultsAndPlansAsTheyAre(t *testing.T) {
	s := standardOf(t, "backup")
	got := map[string]map[string]map[string]any{
		"vaults": sayings(t, s, "backup_vault", []string{":good", ":bad"}, "encryption", "locked"),
		"plans":  sayings(t, s, "backup_plan", []string{":good", ":bad"}, "copies", "interval_hours", "longest_days", "retention_days", "selects_any"),
	}
	want := map[string]map[string]map[string]any{
		"vaults": {
			":good": {"encryption": "customer-managed", "locked": true},
			":bad":  {"encryption": "provider-managed", "locked": false},
		},
		"plans": {
			":good": {"copies": []string{"eu-north-1"}, "interval_hours": 24, "longest_days": 35, "retention_days": 35, "selects_any": true},
			":bad":  {"copies": []string{}, "interval_hours": 168, "longest_days": 7, "retention_days": 7, "selects_any": false},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhatWasBackedUpLast(t *testing.T) {
	s := standardOf(t, "backup")
	got := sayings(t, s, "recovery_point", []string{"db:good#latest-backup", "vol-bad#latest-backup"},
		"age_hours", "backup_of", "copies", "encryption")
	want := map[string]map[string]any{
		"db:good#latest-backup": {"age_hours": 24, "backup_of": "database", "copies": []string{"eu-north-1"}, "encryption": "customer-managed"},
		"vol-bad#latest-backup": {"age_hours": 90 * 24, "backup_of": "volume", "copies": "(job_history_ended)", "encryption": "none"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if f := factOf(t, s, "recovery_point", "#latest-backup"); f.Source.Level != evidence.LevelOperation {
		t.Errorf("a backup that was made is evidence at level %s", f.Source.Level)
	}
}

// A selection by the key of a tag says nothing of what has the tag: only what AWS Backup protected is backed up.
func TestASelectionByTagAloneBacksNothingUp(t *testing.T) {
	estate := estateOf()
	for _, r := range fakeaws.Standard().Accounts[0].Resources {
		if r.Type == "backup.plan" || r.Type == "backup.selection" {
			estate.Add(fakeaws.StandardAccount, r)
		}
	}
	s := collect(t, estate, []string{"backup"})
	if diff := cmp.Diff(map[string]any{"selects_any": true}, plain(factOf(t, s, "backup_plan", ":good"), "selects_any")); diff != "" {
		t.Error(diff)
	}
	for _, f := range s.Facts {
		if f.Kind == "recovery_point" {
			t.Errorf("%s is said to be backed up", f.Address)
		}
	}
}

func TestRestoresThatWereRun(t *testing.T) {
	s := standardOf(t, "backup")
	got := sayings(t, s, "restore_test", []string{":good", ":bad"}, "age_days", "completed", "duration_hours", "restores", "validated")
	want := map[string]map[string]any{
		":good": {"age_days": 20, "completed": true, "duration_hours": 2, "restores": "database", "validated": "validated"},
		":bad":  {"age_days": 10, "completed": false, "duration_hours": "(restore_without_end)", "restores": "volume", "validated": "not-validated"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	good := factOf(t, s, "restore_test", ":good")
	if diff := cmp.Diff([]evidence.Reason{evidence.Because("restored_by_plan", "plan", "good")}, good.Notes); diff != "" {
		t.Error(diff)
	}
	for _, f := range s.Facts {
		if f.Address == "arn:aws:backup:eu-central-1:111122223333:restore-job:running" {
			t.Error("a restore that still runs is said to have been run")
		}
	}
}

// A restore of half a year ago may have been forgotten: that none of the last month completed does not show that none did.
func TestRestoresMayBeForgotten(t *testing.T) {
	old := fakeaws.Resource{Type: "backup.restore", Region: "eu-central-1", ID: "old", Doc: fakeaws.Node{
		"RestoreJobId": "old", "Status": "COMPLETED", "ResourceType": "RDS", "CreationDate": time.Date(2025, 11, 1, 0, 0, 0, 0, time.UTC)}}
	reaching := fakeaws.Standard()
	reaching.Add(fakeaws.StandardAccount, old)
	got := map[string][]string{
		"a month":          missing(standardOf(t, "backup"), "eu-central-1", "restore_test"),
		"more than a year": missing(collect(t, reaching, []string{"backup"}), "eu-central-1", "restore_test"),
		"no restores":      missing(standardOf(t, "backup"), "eu-north-1", "restore_test"),
	}
	want := map[string][]string{"a month": {"job_history_limited "}, "more than a year": nil, "no restores": {"job_history_limited "}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// A restore testing plan is a schedule: without a job that completed there is no restore test.
func TestARestoreTestingPlanIsNoRestore(t *testing.T) {
	estate := estateOf()
	for _, r := range fakeaws.Standard().Accounts[0].Resources {
		if r.Type == "backup.test" {
			estate.Add(fakeaws.StandardAccount, r)
		}
	}
	s := collect(t, estate, []string{"backup"})
	got := sayings(t, s, "restore_plan", []string{":good", ":bad"}, "last_run_days", "scheduled", "tests_any")
	want := map[string]map[string]any{
		":good": {"last_run_days": 20, "scheduled": true, "tests_any": true},
		":bad":  {"last_run_days": evidence.Never, "scheduled": true, "tests_any": false},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, f := range s.Facts {
		if f.Kind == "restore_test" {
			t.Errorf("%s is said to be a restore", f.Address)
		}
	}
}

func TestRefusedReadsOfBackups(t *testing.T) {
	for _, c := range []struct {
		operation string
		kind      evidence.Kind
		setting   string // empty: facts are missing
	}{
		{"backup.GetBackupPlan", "backup_plan", "retention_days"},
		{"backup.GetBackupSelection", "backup_plan", "selects_any"},
		{"backup.ListBackupSelections", "backup_plan", "selects_any"},
		{"backup.DescribeRecoveryPoint", "recovery_point", "encryption"},
		{"backup.ListCopyJobs", "recovery_point", "copies"},
		{"backup.ListRestoreTestingSelections", "restore_plan", "tests_any"},
		{"backup.ListBackupPlans", "backup_plan", ""},
		{"backup.ListBackupVaults", "backup_vault", ""},
		{"backup.ListProtectedResources", "recovery_point", ""},
		{"backup.ListRestoreJobs", "restore_test", ""},
		{"backup.ListRestoreTestingPlans", "restore_plan", ""},
	} {
		t.Run(c.operation, func(t *testing.T) {
			s := collect(t, fakeaws.Standard(), []string{"backup"}, fakeaws.Rule{Operation: c.operation, Error: fakeaws.Denied("")})
			if c.setting == "" {
				if diff := cmp.Diff([]string{"read_denied " + actionOf(c.operation)}, missing(s, "eu-central-1", c.kind)); diff != "" {
					t.Error(diff)
				}
				return
			}
			denied := 0
			for _, f := range s.Facts {
				if r := f.Settings[c.setting]; f.Kind == c.kind && r.State == evidence.StateDenied && r.Why.Args["action"] == actionOf(c.operation) {
					denied++
				}
			}
			if denied == 0 {
				t.Errorf("%s of no %s is denied", c.setting, c.kind)
			}
		})
	}
}
