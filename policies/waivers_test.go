package policies

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

// waiverOf accepts TOM-ENC-001 of a fact until a date.
func waiverOf(fact, expires string) evidence.Waiver {
	return evidence.Waiver{Check: "TOM-ENC-001", Fact: fact, Reason: "r", Owner: "o", Ticket: "t", Expires: expires,
		At: evidence.Position{File: "annex.hcl", StartLine: 7}}
}

func TestWaivers(t *testing.T) {
	const good, bad, open = "aws_s3_bucket.good", "aws_s3_bucket.bad", "aws_s3_bucket.open"
	result := func(address string) string { return "TOM-ENC-001|terraform:app:" + address + "|encryption-at-rest" }
	for _, c := range []struct {
		name     string
		waiver   evidence.Waiver
		inline   bool
		verdict  evidence.Verdict // of bad
		matched  []string
		expired  bool
		warnings []string
	}{
		{name: "good", waiver: waiverOf(bad, "2026-12-31"), verdict: evidence.Waived, matched: []string{result(bad)}},
		{name: "until the end of its day", waiver: waiverOf(bad, "2026-11-21"), verdict: evidence.Waived, matched: []string{result(bad)}},
		{name: "expired", waiver: waiverOf(bad, "2026-11-20"), verdict: evidence.Fail, expired: true, warnings: []string{"waiver_expired"}},
		{name: "matches nothing", waiver: waiverOf("aws_s3_bucket.none", "2026-12-31"), verdict: evidence.Fail, warnings: []string{"waiver_matches_nothing"}},
		{name: "another check's fact", waiver: waiverOf("aws_sqs_queue.q", "2026-12-31"), verdict: evidence.Fail, warnings: []string{"waiver_matches_nothing"}},
		{name: "never the unknown", waiver: waiverOf(open, "2026-12-31"), verdict: evidence.Fail, warnings: []string{"waiver_without_fail"}},
		{name: "nothing to waive", waiver: waiverOf(good, "2026-12-31"), verdict: evidence.Fail, warnings: []string{"waiver_without_fail"}},
		{name: "pattern", waiver: waiverOf("aws_s3_bucket.*", "2026-12-31"), verdict: evidence.Waived, matched: []string{result(bad)}},
		{name: "inline", waiver: waiverOf("terraform:app:"+bad, "2026-12-31"), inline: true, verdict: evidence.Waived, matched: []string{result(bad)}},
		{name: "inline without owner", waiver: evidence.Waiver{Check: "TOM-ENC-001", Fact: bad, Reason: "r", Ticket: "t", Expires: "2026-12-31"}, inline: true,
			verdict: evidence.Fail, warnings: []string{"accept_unusable"}},
		{name: "inline for too long", waiver: waiverOf(bad, "2027-11-22"), inline: true, verdict: evidence.Fail, warnings: []string{"accept_unusable"}},
		{name: "inline for a year", waiver: waiverOf(bad, "2027-11-21"), inline: true, verdict: evidence.Waived, matched: []string{result(bad)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := annexOf(promiseOf(t, "encryption-at-rest", "object-store", "queue"))
			s := snapshot(store(good, evidence.EncryptionExternal), store(bad, evidence.EncryptionNone), openStore(open),
				fact("aws_sqs_queue.q", evidence.Queue{Encryption: known(evidence.EncryptionNone)}))
			if c.inline {
				s.Accepts = []evidence.Waiver{c.waiver}
			} else {
				a.Waivers = []evidence.Waiver{c.waiver}
			}
			r := judged(t, s, a)
			for _, res := range resultsBy(r, "TOM-ENC-001") {
				if res.ID == result(bad) && (res.Verdict != c.verdict || (res.Waiver != nil) != (c.verdict == evidence.Waived)) {
					t.Errorf("%s is %s with waiver %v, want %s", bad, res.Verdict, res.Waiver, c.verdict)
				}
			}
			var codes []string
			for _, w := range r.Warnings {
				codes = append(codes, w.Code)
			}
			if diff := cmp.Diff(c.warnings, codes); diff != "" {
				t.Errorf("warnings (-want +got):\n%s", diff)
			}
			if len(r.Annex.Waivers) > 0 {
				if got := r.Annex.Waivers[0]; got.Expired != c.expired || !cmp.Equal(got.Matched, c.matched) || got.Inline != c.inline {
					t.Errorf("waiver is %+v, want expired %t, matched %v, inline %t", got, c.expired, c.matched, c.inline)
				}
			}
		})
	}
}

// TestAcceptBesideModule gives one comment to facts of several kinds, as beside the call of a module.
func TestAcceptBesideModule(t *testing.T) {
	s := snapshot(store("aws_s3_bucket.bad", evidence.EncryptionNone), fact("aws_sqs_queue.q", evidence.Queue{Encryption: known(evidence.EncryptionNone)}))
	s.Accepts = []evidence.Waiver{
		waiverOf("terraform:app:aws_s3_bucket.bad", "2026-12-31"), waiverOf("terraform:app:aws_sqs_queue.q", "2026-12-31"),
		waiverOf("terraform:app:aws_s3_bucket_policy.bad", "2026-12-31"),
	}
	r := judged(t, s, annexOf(promiseOf(t, "encryption-at-rest", "object-store", "queue")))
	if len(r.Warnings) > 0 || len(r.Annex.Waivers) != 1 || len(r.Annex.Waivers[0].Matched) != 1 {
		t.Errorf("warnings %v, waivers %+v; want one waiver that matches one result", r.Warnings, r.Annex.Waivers)
	}
}

func TestAmbiguousWaiver(t *testing.T) {
	a := annexOf(promiseOf(t, "encryption-at-rest", "object-store"))
	a.Waivers = []evidence.Waiver{waiverOf("aws_s3_bucket.a", "2026-12-31")}
	s := snapshot(store("aws_s3_bucket.a", evidence.EncryptionNone), factIn(evidence.Place{Root: "db"}, "aws_s3_bucket.a", evidence.ObjectStore{}))
	_, err := load(t).Judge(t.Context(), s, a, Options{At: now()})
	var ambiguous *AmbiguousError
	if !errors.As(err, &ambiguous) {
		t.Fatalf("error is %v, want an AmbiguousError", err)
	}
	want := `annex.hcl:7: the waiver of TOM-ENC-001 names "aws_s3_bucket.a", which fits more than one thing: ` +
		`write one of terraform:app:aws_s3_bucket.a, terraform:db:aws_s3_bucket.a, or a pattern with *`
	if err.Error() != want {
		t.Errorf("error is\n%s\nwant\n%s", err, want)
	}
}

func TestMovedWaiverWarns(t *testing.T) {
	a := annexOf(promiseOf(t, "encryption-at-rest", "object-store"))
	a.Waivers = []evidence.Waiver{waiverOf("aws_s3_bucket.old", "2026-12-31")}
	s := snapshot(store("aws_s3_bucket.new", evidence.EncryptionNone))
	s.Moved = []evidence.Moved{{Root: "app", From: "aws_s3_bucket.old", To: "aws_s3_bucket.new"}}
	r := judged(t, s, a)
	if r.Results[0].Verdict != evidence.Waived {
		t.Errorf("verdict is %s, want waived", r.Results[0].Verdict)
	}
	want := evidence.Because("waiver_by_moved_address", "check", "TOM-ENC-001", "fact", "aws_s3_bucket.old", "now", "terraform:app:aws_s3_bucket.new")
	if len(r.Warnings) != 1 || !cmp.Equal(r.Warnings[0].Reason, want) {
		t.Errorf("warnings are %+v, want %+v", r.Warnings, want)
	}
}

func TestWaiverOfPopulationByItsBlamedFact(t *testing.T) {
	p := promiseOf(t, "audit-logging")
	p.Wants = map[string]any{"sources": []string{"api"}, "all_regions": true, "integrity_validation": true}
	a := annexOf(p)
	a.Waivers = []evidence.Waiver{{Check: "TOM-AUD-001", Fact: "aws_cloudtrail.t", Reason: "r", Owner: "o", Ticket: "t", Expires: "2026-12-31"}}
	off := evidence.AuditTrail{Logging: known(false), AllRegions: known(true), ManagementEvents: known("all"), IntegrityValidation: known(true)}
	r := judged(t, snapshot(fact("aws_cloudtrail.t", off)), a)
	got := resultsBy(r, "TOM-AUD-001")
	if len(got) != 1 || got[0].Verdict != evidence.Waived {
		t.Errorf("results are %+v, want one waived", got)
	}
}

func TestBaseline(t *testing.T) {
	a := annexOf(promiseOf(t, "encryption-at-rest", "object-store"))
	old := judged(t, snapshot(store("aws_s3_bucket.old", evidence.EncryptionNone)), a)
	both := snapshot(store("aws_s3_bucket.old", evidence.EncryptionNone), store("aws_s3_bucket.new", evidence.EncryptionNone))
	r := judgedWith(t, both, a, Options{Baseline: NewBaseline(old, "abc")})
	if r.Run.Baseline != "abc" {
		t.Errorf("the report's baseline is %q, want abc", r.Run.Baseline)
	}
	fails := NewFails(r, "")
	if len(fails) != 1 || !strings.Contains(fails[0].ID, "aws_s3_bucket.new") {
		t.Errorf("new fails are %+v, want the new bucket alone", fails)
	}
	if got := len(NewFails(r, evidence.Critical)); got != 0 {
		t.Errorf("%d new fails of critical severity, want none", got)
	}
	if got := len(NewFails(r, evidence.High)); got != 1 {
		t.Errorf("%d new fails of high severity or worse, want 1", got)
	}
}

func TestExclusions(t *testing.T) {
	a := annexOf(promiseOf(t, "encryption-at-rest", "object-store"))
	s := snapshot(store("aws_s3_bucket.a", evidence.EncryptionNone), store("module.x.aws_s3_bucket.b", evidence.EncryptionNone))
	r := judgedWith(t, s, a, Options{Exclusions: []evidence.Exclusion{{Facts: "module.x.*", Reason: "sandbox"}, {Facts: "nothing", Reason: "r"}}})
	if len(r.Results) != 1 || r.Results[0].Fact != "terraform:app:aws_s3_bucket.a" {
		t.Errorf("results are %+v, want one", r.Results)
	}
	want := []evidence.Exclusion{{Facts: "module.x.*", Reason: "sandbox", Count: 1}, {Facts: "nothing", Reason: "r"}}
	if diff := cmp.Diff(want, r.Exclusions); diff != "" {
		t.Errorf("exclusions (-want +got):\n%s", diff)
	}
	if len(r.Warnings) != 1 || r.Warnings[0].Code != "exclusion_matches_nothing" {
		t.Errorf("warnings are %+v", r.Warnings)
	}
}

func TestEnvironments(t *testing.T) {
	p := promiseOf(t, "encryption-at-rest", "object-store")
	p.Environments = []string{"production"}
	s := snapshot(
		factIn(evidence.Place{Root: "prod"}, "aws_s3_bucket.a", evidence.ObjectStore{Encryption: known(evidence.EncryptionNone)}),
		factIn(evidence.Place{Root: "test"}, "aws_s3_bucket.a", evidence.ObjectStore{Encryption: known(evidence.EncryptionNone)}),
		factIn(evidence.Place{Root: "x", Account: "1"}, "aws_s3_bucket.a", evidence.ObjectStore{Encryption: known(evidence.EncryptionNone)}),
		factIn(evidence.Place{Root: "nobody-said"}, "aws_s3_bucket.a", evidence.ObjectStore{Encryption: known(evidence.EncryptionNone)}),
	)
	r := judgedWith(t, s, annexOf(p), Options{Environments: []Environment{
		{Name: "production", Roots: []string{"prod"}}, {Name: "test", Roots: []string{"test"}, Accounts: []string{"1"}},
	}})
	var got []string
	for _, res := range r.Results {
		got = append(got, res.Fact)
	}
	if diff := cmp.Diff([]string{"terraform:nobody-said:aws_s3_bucket.a", "terraform:prod:aws_s3_bucket.a"}, got); diff != "" {
		t.Errorf("facts in production (-want +got):\n%s", diff)
	}
}
