package policies

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

// gapped is a complete snapshot with a module that is not on disk.
func gapped(s evidence.Snapshot, kinds ...evidence.Kind) evidence.Snapshot {
	s.Sweeps[0].Gaps = []evidence.Gap{{Reason: evidence.Because("module_not_on_disk", "source", "registry/x"), Kinds: kinds}}
	return s
}

func TestRollUp(t *testing.T) {
	good, bad := store("aws_s3_bucket.good", evidence.EncryptionExternal), store("aws_s3_bucket.bad", evidence.EncryptionNone)
	open := openStore("aws_s3_bucket.open")
	volume := fact("aws_ebs_volume.v", evidence.Volume{Encryption: known(evidence.EncryptionNone)})
	trail := evidence.AuditTrail{Logging: known(true), AllRegions: known(true), ManagementEvents: known("all"), IntegrityValidation: known(true)}
	waiver := evidence.Waiver{Check: "TOM-ENC-001", Fact: "aws_s3_bucket.bad", Reason: "r", Owner: "o", Ticket: "t", Expires: "2026-12-31"}
	signed := evidence.Attestation{Measure: "encryption-at-rest", By: "A", Role: "CTO", Date: "2026-01-01", Expires: "2027-01-01", Reference: "r"}
	missing := evidence.Because("module_not_on_disk", "source", "registry/x")
	no := evidence.Because
	byA := no("attested_by", "by", "A", "role", "CTO", "date", "2026-01-01", "reference", "r")

	type row struct {
		name        string
		snapshot    evidence.Snapshot
		measure     string // encryption-at-rest where empty
		scope       []string
		change      func(*evidence.Promise)
		waiver      *evidence.Waiver
		attestation *evidence.Attestation
		verdict     evidence.Verdict
		level       evidence.Level
		counts      evidence.Counts
		reasons     []evidence.Reason
	}
	one := []string{"object-store"}
	for _, c := range []row{
		{name: "pass", snapshot: snapshot(good), verdict: evidence.Pass, level: evidence.LevelDesign, counts: evidence.Counts{Population: 1, Pass: 1}},
		{name: "fail beats unknown", snapshot: snapshot(good, bad, open), verdict: evidence.Fail, level: evidence.LevelDesign,
			counts: evidence.Counts{Population: 3, Pass: 1, Fail: 1, Unknown: 1}},
		{name: "unknown beats pass", snapshot: snapshot(good, open), verdict: evidence.Unknown, level: evidence.LevelDesign,
			counts: evidence.Counts{Population: 2, Pass: 1, Unknown: 1}},
		{name: "waived", snapshot: snapshot(good, bad), waiver: &waiver, verdict: evidence.Waived, level: evidence.LevelDesign,
			counts: evidence.Counts{Population: 2, Pass: 1, Waived: 1}},
		{name: "unknown beats waived", snapshot: snapshot(bad, open), waiver: &waiver, verdict: evidence.Unknown, level: evidence.LevelDesign,
			counts: evidence.Counts{Population: 2, Unknown: 1, Waived: 1}},
		{name: "nothing of the kind", snapshot: snapshot(), verdict: evidence.NotApplicable, level: evidence.LevelDesign},
		{name: "nothing of the kind, incomplete", snapshot: gapped(snapshot()), verdict: evidence.Unknown, reasons: []evidence.Reason{missing}},
		{name: "a pass of all on an incomplete sweep", snapshot: gapped(snapshot(good)), verdict: evidence.Unknown,
			counts: evidence.Counts{Population: 1, Pass: 1}, reasons: []evidence.Reason{missing}},
		{name: "a fail on an incomplete sweep", snapshot: gapped(snapshot(bad)), verdict: evidence.Fail, level: evidence.LevelDesign,
			counts: evidence.Counts{Population: 1, Fail: 1}, reasons: []evidence.Reason{missing}},
		{name: "a gap that hides another kind", snapshot: gapped(snapshot(good), "queue"), verdict: evidence.Pass, level: evidence.LevelDesign,
			counts: evidence.Counts{Population: 1, Pass: 1}},
		{name: "no collector looked", snapshot: evidence.Snapshot{}, verdict: evidence.Unknown,
			reasons: []evidence.Reason{no("kind_not_collected", "kind", "object_store")}},
		{name: "no collector looked, attested", snapshot: evidence.Snapshot{}, attestation: &signed, verdict: evidence.Attested, level: evidence.LevelAttested,
			reasons: []evidence.Reason{byA, no("kind_not_collected", "kind", "object_store")}},
		{name: "a scope word that nothing sees", snapshot: snapshot(good), scope: []string{"object-store", "paper"}, verdict: evidence.Unknown,
			counts: evidence.Counts{Population: 1, Pass: 1}, reasons: []evidence.Reason{no("scope_not_observed", "scope", "paper")}},
		{name: "a scope word that nothing sees, attested", snapshot: snapshot(good), scope: []string{"object-store", "paper"}, attestation: &signed,
			verdict: evidence.Pass, level: evidence.LevelAttested, counts: evidence.Counts{Population: 1, Pass: 1},
			reasons: []evidence.Reason{byA, no("scope_not_observed", "scope", "paper")}},
		{name: "an attestation does not settle what a machine left open", snapshot: snapshot(open), attestation: &signed,
			verdict: evidence.Unknown, level: evidence.LevelDesign, counts: evidence.Counts{Population: 1, Unknown: 1}},
		{name: "an attestation does not override a fail", snapshot: snapshot(bad), attestation: &signed,
			verdict: evidence.Fail, level: evidence.LevelDesign, counts: evidence.Counts{Population: 1, Fail: 1}},
		{name: "what lies outside the scope does not count", snapshot: snapshot(good, volume), verdict: evidence.Pass, level: evidence.LevelDesign,
			counts: evidence.Counts{Population: 1, Pass: 1}},
		{name: "planned", snapshot: snapshot(bad), change: func(p *evidence.Promise) { p.Declared = "planned" }, verdict: evidence.Unknown,
			reasons: []evidence.Reason{no("declared_planned")}},
		{name: "by the controller", snapshot: snapshot(good), change: func(p *evidence.Promise) { p.Declared = "by-controller" }, verdict: evidence.Unknown,
			reasons: []evidence.Reason{no("declared_by_controller")}},
		{name: "declared not applicable", snapshot: snapshot(bad), change: func(p *evidence.Promise) { p.Declared = "not-applicable" }, verdict: evidence.NotApplicable,
			reasons: []evidence.Reason{no("declared_not_applicable")}},
		{name: "a promised parameter that nothing reads", snapshot: snapshot(good), change: func(p *evidence.Promise) {
			p.Parameters = []evidence.Parameter{{Name: "future", Text: "x", Promised: true}}
		}, verdict: evidence.Unknown, counts: evidence.Counts{Population: 1, Pass: 1}, reasons: []evidence.Reason{no("parameter_not_examined", "parameter", "future")}},
		{name: "a default that nothing reads", snapshot: snapshot(good), change: func(p *evidence.Promise) {
			p.Parameters = []evidence.Parameter{{Name: "future", Text: "x"}}
		}, verdict: evidence.Pass, level: evidence.LevelDesign, counts: evidence.Counts{Population: 1, Pass: 1}},
		{name: "another environment", snapshot: snapshot(factIn(evidence.Place{Root: "app", Environment: "test"}, "aws_s3_bucket.x", evidence.ObjectStore{Encryption: known("none")})),
			change: func(p *evidence.Promise) { p.Environments = []string{"production"} }, verdict: evidence.NotApplicable, level: evidence.LevelDesign},
		{name: "no policy at all", measure: "data-protection-officer", snapshot: snapshot(), verdict: evidence.Unknown,
			reasons: []evidence.Reason{no("no_evidence_source")}},
		{name: "nothing declared in code", measure: "audit-logging", snapshot: snapshot(), verdict: evidence.Unknown, level: evidence.LevelDesign,
			counts: evidence.Counts{Population: 1, Unknown: 1}},
		{name: "something declared", measure: "audit-logging", snapshot: snapshot(fact("aws_cloudtrail.t", trail)), verdict: evidence.Pass, level: evidence.LevelDesign,
			counts: evidence.Counts{Population: 2, Pass: 2}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.measure == "" {
				c.measure = "encryption-at-rest"
			}
			if c.scope == nil && c.measure == "encryption-at-rest" {
				c.scope = one
			}
			p := promiseOf(t, c.measure, c.scope...)
			if c.measure == "audit-logging" {
				p.Wants = map[string]any{"sources": []string{"api"}, "all_regions": true, "integrity_validation": true}
			}
			if c.change != nil {
				c.change(&p)
			}
			a := annexOf(p)
			if c.waiver != nil {
				a.Waivers = []evidence.Waiver{*c.waiver}
			}
			if c.attestation != nil {
				a.Attestations = []evidence.Attestation{*c.attestation}
			}
			set := withoutChecks(load(t), "TOM-KEY-001") // it is in every scope
			r, err := set.Judge(t.Context(), c.snapshot, a, Options{At: now()})
			if err != nil {
				t.Fatal(err)
			}
			m := r.Measures[0]
			got := row{verdict: m.Verdict, level: m.Level, counts: m.Counts, reasons: m.Reasons}
			want := row{verdict: c.verdict, level: c.level, counts: c.counts, reasons: c.reasons}
			if diff := cmp.Diff(want, got, cmp.AllowUnexported(row{})); diff != "" {
				t.Errorf("(-want +got):\n%s\nchecks %+v", diff, m.Checks)
			}
			if clause := r.Clauses[0]; clause.Verdict != m.Verdict || clause.Level != m.Level || clause.Counts != m.Counts {
				t.Errorf("clause is %+v, its one promise %+v", clause, m)
			}
		})
	}
}

// withoutChecks is the set without some checks.
func withoutChecks(s *Set, ids ...string) *Set {
	rest := *s
	rest.policies = nil
	for _, p := range s.policies {
		if !contains(ids, p.check.ID) {
			rest.policies = append(rest.policies, p)
		}
	}
	return &rest
}

func contains(list []string, s string) bool {
	for _, e := range list {
		if e == s {
			return true
		}
	}
	return false
}

func TestDecide(t *testing.T) {
	impl, design := evidence.LevelImplementation, evidence.LevelDesign
	for _, c := range []struct {
		name    string
		in      []said
		verdict evidence.Verdict
		level   evidence.Level
	}{
		{"nothing", nil, evidence.Unknown, ""},
		{"lowest of the deciding", []said{{evidence.Pass, impl}, {evidence.Pass, design}}, evidence.Pass, design},
		{"only the deciding", []said{{evidence.Fail, impl}, {evidence.Pass, design}}, evidence.Fail, impl},
		{"conflict beats unknown", []said{{evidence.Conflict, design}, {evidence.Unknown, design}}, evidence.Conflict, design},
		{"fail beats conflict", []said{{evidence.Conflict, design}, {evidence.Fail, impl}}, evidence.Fail, impl},
		{"a pass rests on attestations too", []said{{evidence.Pass, impl}, {evidence.Attested, evidence.LevelAttested}}, evidence.Pass, evidence.LevelAttested},
		{"attested beats not applicable", []said{{evidence.NotApplicable, impl}, {evidence.Attested, evidence.LevelAttested}}, evidence.Attested, evidence.LevelAttested},
	} {
		t.Run(c.name, func(t *testing.T) {
			verdict, level := decide(c.in)
			if verdict != c.verdict || level != c.level {
				t.Errorf("got %s at %q, want %s at %q", verdict, level, c.verdict, c.level)
			}
		})
	}
}

func TestObservationsOfOneThing(t *testing.T) {
	key := evidence.Key{Scheme: "aws", Partition: "aws", Account: "1", Region: "eu-north-1", Type: "s3", Name: "logs"}
	unsure := key
	unsure.Account = "?"
	code := store("aws_s3_bucket.logs", evidence.EncryptionNone)
	code.Keys = []evidence.Key{unsure}
	live := evidence.NewFact("aws:arn:aws:s3:::logs", evidence.Source{Collector: "aws", Level: evidence.LevelImplementation, Place: evidence.Place{Account: "1"}},
		evidence.ObjectStore{Encryption: known(evidence.EncryptionExternal)})
	live.Address, live.Keys = "arn:aws:s3:::logs", []evidence.Key{key}
	a := annexOf(promiseOf(t, "encryption-at-rest", "object-store"))

	m := judged(t, snapshot(code, live), a).Measures[0]
	if want := (evidence.Counts{Population: 1, Fail: 1}); m.Verdict != evidence.Conflict || m.Counts != want {
		t.Errorf("code fails, live passes: %s %+v, want conflict %+v", m.Verdict, m.Counts, want)
	}

	code.Settings["encryption"], live.Settings["encryption"] = live.Settings["encryption"], code.Settings["encryption"]
	if m := judged(t, snapshot(code, live), a).Measures[0]; m.Verdict != evidence.Fail || m.Level != evidence.LevelImplementation {
		t.Errorf("live fails: %s at %s, want fail at implementation", m.Verdict, m.Level)
	}

	live.Keys[0].Account, code.Keys[0].Account = "2", "1"
	if m := judged(t, snapshot(code, live), a).Measures[0]; m.Counts.Population != 2 {
		t.Errorf("contradicting keys: %d things, want 2", m.Counts.Population)
	}
}

func TestObservedOutsideTheScope(t *testing.T) {
	volume := fact("aws_ebs_volume.v", evidence.Volume{Encryption: known(evidence.EncryptionNone)})
	r := judged(t, snapshot(volume), annexOf(promiseOf(t, "encryption-at-rest", "object-store")))
	if len(r.Results) != 0 || len(r.Observed) != 1 || r.Observed[0].Verdict != evidence.Fail {
		t.Errorf("results %+v, observed %+v, want one observed fail", r.Results, r.Observed)
	}
	both := annexOf(promiseOf(t, "encryption-at-rest", "object-store"), promiseOf(t, "encryption-at-rest", "volume"))
	both.Clauses[0].Promises[1].ID += "@volume"
	if r := judged(t, snapshot(volume), both); len(r.Results) != 1 || len(r.Observed) != 0 {
		t.Errorf("results %+v, observed %+v, want one result: another promise covers it", r.Results, r.Observed)
	}
}
