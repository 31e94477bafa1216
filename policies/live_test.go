package policies

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

// livePolicy asks for what only a running system shows.
const livePolicy = `# METADATA
# title: The latest patch scan is young enough
# custom:
#   id: ACME-PAT-001
#   measure: patch-management
#   kind: patch_state
#   live: true
#   scope: [os]
#   severity: low
#   remedy: Scan more often.
package acme.patch_management.scanned

import data.tom.lib.value

pass if value.at_most(input.settings.scan_age_days, input.want.interval)

fail contains {"code": "above_promise", "setting": "scan_age_days", "want": "interval"} if {
	value.above(input.settings.scan_age_days, input.want.interval)
}
`

// partlyLivePolicy asks about two kinds, of which only a running system shows one.
const partlyLivePolicy = `# METADATA
# title: Things that hold data are encrypted
# custom:
#   id: ACME-ENC-001
#   measure: backup-encryption
#   kinds: [backup_vault, recovery_point]
#   live: [recovery_point]
#   severity: low
#   remedy: Encrypt.
package acme.backup_encryption.both

import data.tom.lib.value

pass if value.encryption_at_least(input.settings.encryption, input.want.key_source)

fail contains {"code": "below_promise", "setting": "encryption", "want": "key_source"} if {
	value.encryption_below(input.settings.encryption, input.want.key_source)
}
`

// own loads these policies alone.
func own(t *testing.T, texts ...string) *Set {
	t.Helper()
	files := fstest.MapFS{}
	for _, text := range texts {
		_, rest, _ := strings.Cut(text, "package acme.")
		name, _, _ := strings.Cut(rest, "\n")
		files[strings.ReplaceAll(name, ".", "/")+".rego"] = &fstest.MapFile{Data: []byte(text)}
	}
	set, err := Load(false, Dir{Name: "own", FS: files})
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// running is a sweep of a running account for these kinds.
func running(level evidence.Level, kinds ...evidence.Kind) evidence.Sweep {
	return evidence.Sweep{Collector: "aws", Level: level, Place: evidence.Place{Account: "1", Environment: "production"}, Kinds: kinds}
}

// machine is a machine whose last patch scan is so many days ago, seen by a collector of this level.
func machine(level evidence.Level, days int) evidence.Fact {
	src := evidence.Source{Collector: "aws", Level: level, Place: evidence.Place{Account: "1", Environment: "production"}}
	return evidence.NewFact("aws:machine", src, evidence.PatchState{ScanAgeDays: known(days)})
}

func measureOf(t *testing.T, set *Set, s evidence.Snapshot, p evidence.Promise) evidence.MeasureResult {
	t.Helper()
	r, err := set.Judge(t.Context(), s, annexOf(p), Options{At: now()})
	if err != nil {
		t.Fatal(err)
	}
	return r.Measures[0]
}

// TestLiveChecksNeedARunningSystem judges one check that only a running system can answer.
func TestLiveChecksNeedARunningSystem(t *testing.T) {
	notRun := evidence.CheckCount{Check: "ACME-PAT-001", Verdict: evidence.Unknown, Reasons: []evidence.Reason{evidence.Because("needs_live_source")}}
	only := func(p evidence.Promise, environments ...string) evidence.Promise {
		p.Environments = environments
		return p
	}
	promised := promiseOf(t, "patch-management", "os")
	for _, c := range []struct {
		name    string
		sweeps  []evidence.Sweep
		facts   []evidence.Fact
		promise evidence.Promise
		verdict evidence.Verdict
		reason  string
		count   evidence.CheckCount
	}{
		{name: "code alone", sweeps: snapshot().Sweeps, promise: promised, verdict: evidence.Unknown, reason: "no_evidence_source", count: notRun},
		{name: "a fact that code declares", sweeps: snapshot().Sweeps, facts: []evidence.Fact{machine(evidence.LevelDesign, 99)},
			promise: promised, verdict: evidence.Unknown, reason: "no_evidence_source", count: notRun},
		{name: "a running system was asked for something else", sweeps: []evidence.Sweep{running(evidence.LevelImplementation, "volume")},
			promise: promised, verdict: evidence.Unknown, reason: "no_evidence_source", count: notRun},
		{name: "a running system of another environment", sweeps: []evidence.Sweep{running(evidence.LevelImplementation, "patch_state")},
			promise: only(promised, "staging"), verdict: evidence.Unknown, reason: "no_evidence_source", count: notRun},
		{name: "a running system passes", sweeps: []evidence.Sweep{running(evidence.LevelImplementation, "patch_state")},
			facts: []evidence.Fact{machine(evidence.LevelImplementation, 1)}, promise: only(promised, "production"), verdict: evidence.Pass,
			count: evidence.CheckCount{Check: "ACME-PAT-001", Verdict: evidence.Pass, Counts: evidence.Counts{Population: 1, Pass: 1}}},
		{name: "records fail", sweeps: []evidence.Sweep{running(evidence.LevelOperation, "patch_state")},
			facts: []evidence.Fact{machine(evidence.LevelOperation, 99)}, promise: promised, verdict: evidence.Fail,
			count: evidence.CheckCount{Check: "ACME-PAT-001", Verdict: evidence.Fail, Counts: evidence.Counts{Population: 1, Fail: 1}}},
		{name: "a running system has none", sweeps: []evidence.Sweep{running(evidence.LevelImplementation, "patch_state")},
			promise: promised, verdict: evidence.NotApplicable,
			count: evidence.CheckCount{Check: "ACME-PAT-001", Verdict: evidence.NotApplicable,
				Reasons: []evidence.Reason{evidence.Because("no_such_thing", "kind", "patch_state")}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := measureOf(t, own(t, livePolicy), evidence.Snapshot{Facts: c.facts, Sweeps: c.sweeps}, c.promise)
			if m.Verdict != c.verdict {
				t.Errorf("verdict is %s, want %s", m.Verdict, c.verdict)
			}
			if diff := cmp.Diff([]evidence.CheckCount{c.count}, m.Checks); diff != "" {
				t.Errorf("checks (-want +got):\n%s", diff)
			}
			if len(m.Reasons) > 0 && m.Reasons[0].Code != c.reason || len(m.Reasons) == 0 && c.reason != "" {
				t.Errorf("reasons are %v, want %q", m.Reasons, c.reason)
			}
		})
	}
}

// TestLiveChecksLeaveAPromiseAsItIs puts a check that is not run beside one that is: the verdict is the other's, and the
// scope word that only the one speaks of stays unobserved.
func TestLiveChecksLeaveAPromiseAsItIs(t *testing.T) {
	other := strings.NewReplacer("ACME-PAT-001", "ACME-PAT-002", "patch_state", "database", "#   live: true\n", "", "[os]", "[database]",
		"scan_age_days", "backup_retention_days", "scanned", "other").Replace(livePolicy)
	set := own(t, livePolicy, other)
	s := snapshot(fact("aws_db_instance.a", evidence.Database{BackupRetentionDays: known(1)}))
	if m := measureOf(t, set, s, promiseOf(t, "patch-management", "database")); m.Verdict != evidence.Pass || len(m.Checks) != 1 {
		t.Errorf("the other check alone is in scope: %s with %d checks, want pass with 1", m.Verdict, len(m.Checks))
	}
	m := measureOf(t, set, s, promiseOf(t, "patch-management", "database", "os"))
	want := []evidence.Reason{evidence.Because("scope_not_observed", "scope", "os")}
	if diff := cmp.Diff(want, m.Reasons); m.Verdict != evidence.Unknown || diff != "" {
		t.Errorf("%s, reasons (-want +got):\n%s", m.Verdict, diff)
	}
	unscoped := own(t, strings.Replace(livePolicy, "#   scope: [os]\n", "", 1), other)
	if m := measureOf(t, unscoped, s, promiseOf(t, "patch-management", "database")); m.Verdict != evidence.Pass || len(m.Checks) != 2 {
		t.Errorf("both checks are in scope: %s with %d checks, want pass with 2", m.Verdict, len(m.Checks))
	}
}

// TestPartlyLiveChecksJudgeTheRest judges a check of which a part is live: code is judged by the rest, and a running
// system that looked for one kind must have looked for all.
func TestPartlyLiveChecksJudgeTheRest(t *testing.T) {
	set := own(t, partlyLivePolicy)
	if got := set.Checks()[0]; got.Live {
		t.Errorf("%+v is live, want one that code can answer in part", got)
	}
	promised := promiseOf(t, "backup-encryption")
	vault := fact("aws_backup_vault.v", evidence.BackupVault{Encryption: known(evidence.EncryptionExternal)})
	code := snapshot(vault)
	code.Sweeps[0].Kinds = []evidence.Kind{"backup_vault"}
	if m := measureOf(t, set, code, promised); m.Verdict != evidence.Pass || m.Counts.Population != 1 {
		t.Errorf("code: %s of %d, want pass of 1", m.Verdict, m.Counts.Population)
	}
	half := snapshot(vault)
	half.Sweeps = []evidence.Sweep{running(evidence.LevelImplementation, "backup_vault")}
	m := measureOf(t, set, half, promised)
	want := []evidence.Reason{evidence.Because("kind_not_collected", "kind", "recovery_point")}
	if diff := cmp.Diff(want, m.Reasons); m.Verdict != evidence.Unknown || diff != "" {
		t.Errorf("a running system without recovery points: %s, reasons (-want +got):\n%s", m.Verdict, diff)
	}
}

// TestLiveIsTrueOrAListOfKinds loads policies with faults in the key.
func TestLiveIsTrueOrAListOfKinds(t *testing.T) {
	for _, c := range []struct{ name, text, old, with, want string }{
		{"false", livePolicy, "live: true", "live: false", "METADATA: custom.live must be true, or a list"},
		{"empty", livePolicy, "live: true", "live:", "METADATA: custom.live must be true, or a list"},
		{"text", livePolicy, "live: true", "live: patch_state", "METADATA: custom.live must be a list of texts"},
		{"all kinds", livePolicy, "live: true", "live: [patch_state]", "METADATA: custom.live must be true, or a list"},
		{"another kind", partlyLivePolicy, "live: [recovery_point]", "live: [volume]", `METADATA: live names kind "volume", which the policy does not judge`},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := replaced(t, c.text, c.old, c.with)
			file := "patch_management/scanned.rego"
			if c.text == partlyLivePolicy {
				file = "backup_encryption/both.rego"
			}
			_, err := Load(false, Dir{Name: "own", FS: fstest.MapFS{file: {Data: []byte(text)}}})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error is %v\nwant one with %s", err, c.want)
			}
		})
	}
}

// TestPartialChecksRefuteAndDoNotProve judges a check that shows a part of its measure.
func TestPartialChecksRefuteAndDoNotProve(t *testing.T) {
	partial := replaced(t, livePolicy, "live: true\n", "live: true\n#   partial: true\n")
	whole := strings.Replace(livePolicy, "ACME-PAT-001", "ACME-PAT-002", 1)
	whole = strings.Replace(whole, "scanned", "whole", 1)
	for _, c := range []struct {
		name     string
		set      *Set
		days     int
		attested bool
		want     evidence.Verdict
	}{
		{"passes alone", own(t, partial), 1, false, evidence.Unknown},
		{"passes alone, and a person attests the rest", own(t, partial), 1, true, evidence.Pass},
		{"fails alone", own(t, partial), 99, true, evidence.Fail},
		{"passes beside another", own(t, partial, whole), 1, false, evidence.Pass},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := annexOf(promiseOf(t, "patch-management", "os"))
			if c.attested {
				a.Attestations = []evidence.Attestation{{Measure: "patch-management", By: "A", Date: "2026-11-01"}}
			}
			s := evidence.Snapshot{
				Facts:  []evidence.Fact{machine(evidence.LevelImplementation, c.days)},
				Sweeps: []evidence.Sweep{running(evidence.LevelImplementation, "patch_state")},
			}
			r, err := c.set.Judge(t.Context(), s, a, Options{At: now()})
			if err != nil {
				t.Fatal(err)
			}
			m := r.Measures[0]
			if m.Verdict != c.want {
				t.Errorf("verdict is %s, want %s", m.Verdict, c.want)
			}
			said := len(m.Reasons) > 0 && m.Reasons[len(m.Reasons)-1].Code == "shown_in_part"
			if alone := len(c.set.Checks()) == 1; said != alone {
				t.Errorf("reasons are %v, want shown_in_part: %v", m.Reasons, alone)
			}
		})
	}
}

// TestRestoresMustExistBesideData judges accounts in which nobody has restored anything.
func TestRestoresMustExistBesideData(t *testing.T) {
	kinds := []evidence.Kind{"database", "file_system", "recovery_point", "restore_test", "table", "volume"}
	account := evidence.Source{Collector: "aws", Level: evidence.LevelImplementation, Place: evidence.Place{Account: "1", Environment: "production"}}
	database := evidence.NewFact("aws:db", account, evidence.Database{})
	hidden := running(evidence.LevelImplementation, kinds...)
	hidden.Gaps = []evidence.Gap{{Reason: evidence.Because("read_denied"), Kinds: []evidence.Kind{"database"}}}
	for _, c := range []struct {
		name  string
		facts []evidence.Fact
		sweep evidence.Sweep
		want  evidence.Verdict
	}{
		{"a database and no restore", []evidence.Fact{database}, running(evidence.LevelImplementation, kinds...), evidence.Fail},
		{"nothing to restore", nil, running(evidence.LevelImplementation, kinds...), evidence.NotApplicable},
		{"databases that nobody may list", nil, hidden, evidence.Unknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := evidence.Snapshot{Facts: c.facts, Sweeps: []evidence.Sweep{c.sweep}}
			m := measureOf(t, load(t).Only("TOM-RST-001"), s, promiseOf(t, "restore-test"))
			if m.Verdict != c.want {
				t.Errorf("verdict is %s with %v, want %s", m.Verdict, m.Reasons, c.want)
			}
		})
	}
}
