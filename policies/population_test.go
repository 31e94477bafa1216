package policies

import (
	"errors"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

// detectors is a policy over populations: somewhere a detector is on.
const detectors = `# METADATA
# title: A detector is on
# custom:
#   id: ACME-IDS-001
#   measure: physical-security
#   kind: threat_detector
#   over: population
#   when_none: unknown
#   severity: low
#   remedy: Switch one on.
package acme.existence

import data.tom.lib.value

pass if {
	some fact in input.facts
	value.is_true(fact.settings.enabled)
}

fail contains {"code": "switched_off", "setting": "enabled", "facts": [fact.id]} if {
	every other in input.facts {
		value.is_false(other.settings.enabled)
	}
	some fact in input.facts
}
`

// everyQueue is a policy over populations: no queue keeps messages for more than ten days.
const everyQueue = `# METADATA
# title: No queue keeps messages for more than ten days
# custom:
#   id: ACME-Q-001
#   measure: physical-security
#   kind: queue
#   over: population
#   severity: low
#   remedy: Keep them shorter.
package acme.every

import data.tom.lib.value

pass if {
	every fact in input.facts {
		value.at_most(fact.settings.retention_days, 10)
	}
}

fail contains {"code": "above_promise", "setting": "retention_days", "facts": [fact.id]} if {
	some fact in input.facts
	value.above(fact.settings.retention_days, 10)
}
`

func TestPopulations(t *testing.T) {
	dir := Dir{Name: "own", FS: fstest.MapFS{"existence.rego": {Data: []byte(detectors)}, "every.rego": {Data: []byte(everyQueue)}}}
	set, err := Load(false, dir)
	if err != nil {
		t.Fatal(err)
	}
	detector := func(name string, on bool) evidence.Fact {
		return fact("aws_guardduty_detector."+name, evidence.ThreatDetector{Enabled: known(on).At(evidence.Position{File: "app/gd.tf", StartLine: 2}), Region: known("eu-north-1")})
	}
	perhaps := detector("p[*]", true)
	perhaps.Placeholder = true
	dark := fact("aws_guardduty_detector.dark", evidence.ThreatDetector{Enabled: evidence.Unresolved[bool](evidence.Because("variable_without_value", "name", "on"))})
	queue := func(days int) evidence.Fact {
		return fact("aws_sqs_queue.q", evidence.Queue{RetentionDays: known(days)})
	}
	live := func(s evidence.Snapshot) evidence.Snapshot {
		s.Sweeps[0].Level = evidence.LevelImplementation
		return s
	}
	gap := evidence.Because("module_not_on_disk", "source", "registry/x")
	main := []evidence.Position{{File: "app/main.tf"}}

	for _, c := range []struct {
		name     string
		check    string
		snapshot evidence.Snapshot
		want     evidence.Result
	}{
		{"one is on", "ACME-IDS-001", snapshot(detector("a", true), detector("b", false)), evidence.Result{Verdict: evidence.Pass, Reasons: []evidence.Reason{}}},
		{"one is on, incomplete", "ACME-IDS-001", gapped(snapshot(detector("a", true))), evidence.Result{Verdict: evidence.Pass, Reasons: []evidence.Reason{}}},
		{"all are off", "ACME-IDS-001", snapshot(detector("a", false)), evidence.Result{
			Verdict: evidence.Fail, Blames: []string{"terraform:app:aws_guardduty_detector.a"},
			Reasons: []evidence.Reason{evidence.Because("switched_off", "setting", "enabled")}, At: []evidence.Position{{File: "app/gd.tf", StartLine: 2}},
		}},
		{"all that were seen are off", "ACME-IDS-001", gapped(snapshot(detector("a", false))), evidence.Result{
			Verdict: evidence.Unknown, Blames: []string{"terraform:app:aws_guardduty_detector.a"},
			Reasons: []evidence.Reason{gap, evidence.Because("switched_off", "setting", "enabled")}, At: []evidence.Position{{File: "app/gd.tf", StartLine: 2}},
		}},
		{"one is on, if there is one", "ACME-IDS-001", snapshot(perhaps), evidence.Result{
			Verdict: evidence.Unknown, Reasons: []evidence.Reason{evidence.Because("number_unknown", "fact", "terraform:app:aws_guardduty_detector.p[*]")},
			At: []evidence.Position{{File: "app/main.tf", StartLine: 1, EndLine: 9}},
		}},
		{"nobody knows", "ACME-IDS-001", snapshot(dark), evidence.Result{
			Verdict: evidence.Unknown,
			Reasons: []evidence.Reason{evidence.Because("variable_without_value", "name", "on", "setting", "enabled", "fact", "terraform:app:aws_guardduty_detector.dark")},
			At:      []evidence.Position{{File: "app/main.tf", StartLine: 1, EndLine: 9}},
		}},
		{"none in code", "ACME-IDS-001", snapshot(), evidence.Result{
			Verdict: evidence.Unknown, Reasons: []evidence.Reason{evidence.Because("none_declared", "kind", "threat_detector")}, At: main,
		}},
		{"none seen", "ACME-IDS-001", gapped(snapshot()), evidence.Result{Verdict: evidence.Unknown, Reasons: []evidence.Reason{gap}, At: main}},
		{"none in a live inventory", "ACME-IDS-001", live(snapshot()), evidence.Result{
			Verdict: evidence.Fail, Level: evidence.LevelImplementation, Reasons: []evidence.Reason{evidence.Because("none_found", "kind", "threat_detector")}, At: main,
		}},
		{"none in an incomplete live inventory", "ACME-IDS-001", live(gapped(snapshot())), evidence.Result{
			Verdict: evidence.Unknown, Level: evidence.LevelImplementation, Reasons: []evidence.Reason{gap}, At: main,
		}},
		{"all are short", "ACME-Q-001", snapshot(queue(10)), evidence.Result{Verdict: evidence.Pass, Reasons: []evidence.Reason{}}},
		{"all that were seen are short", "ACME-Q-001", gapped(snapshot(queue(10))), evidence.Result{Verdict: evidence.Unknown, Reasons: []evidence.Reason{gap}, At: main}},
		{"one is long", "ACME-Q-001", gapped(snapshot(queue(11))), evidence.Result{
			Verdict: evidence.Fail, Blames: []string{"terraform:app:aws_sqs_queue.q"}, Reasons: []evidence.Reason{evidence.Because("above_promise", "setting", "retention_days")},
			At: []evidence.Position{{File: "app/main.tf", StartLine: 1, EndLine: 9}},
		}},
		{"no queue", "ACME-Q-001", snapshot(), evidence.Result{Verdict: evidence.NotApplicable, Reasons: []evidence.Reason{evidence.Because("no_such_thing", "kind", "queue")}}},
		{"no queue seen", "ACME-Q-001", gapped(snapshot()), evidence.Result{Verdict: evidence.Unknown, Reasons: []evidence.Reason{gap}, At: main}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := set.Judge(t.Context(), c.snapshot, annexOf(promiseOf(t, "physical-security")), Options{At: now()})
			if err != nil {
				t.Fatal(err)
			}
			c.want.ID, c.want.Check, c.want.Fact = c.check+"|terraform:app|physical-security", c.check, "terraform:app"
			c.want.Measure, c.want.Promise, c.want.Severity = "physical-security", "physical-security", evidence.Low
			if c.want.Level == "" {
				c.want.Level = evidence.LevelDesign
			}
			if diff := cmp.Diff([]evidence.Result{c.want}, resultsBy(r, c.check)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSubjects(t *testing.T) {
	for _, c := range []struct {
		place evidence.Place
		want  string
	}{
		{evidence.Place{Root: "app"}, "terraform:app"},
		{evidence.Place{Root: "app", Environment: "production"}, "terraform:app@production"},
		{evidence.Place{Root: "app", Environment: "production", Account: "123456789012"}, "terraform:account:123456789012"},
	} {
		if got := subjectOf("terraform", c.place); got != c.want {
			t.Errorf("subject of %+v is %q, want %q", c.place, got, c.want)
		}
	}
}

func TestRegionsOfTheFrame(t *testing.T) {
	at := func(region evidence.Value[string]) evidence.Resource {
		return evidence.Queue{Placement: evidence.Placement{Region: region}}
	}
	facts := []evidence.Fact{
		fact("a", at(known("eu-west-1"))), fact("b", at(known("eu-north-1"))), fact("c", at(known("global"))), fact("d", evidence.Credential{}),
		factIn(evidence.Place{Root: "other"}, "e", at(evidence.Unresolved[string](evidence.Because("x")))),
	}
	var pointers []*evidence.Fact
	for i := range facts {
		pointers = append(pointers, &facts[i])
	}
	s := newSubjects(pointers, nil)
	if regions, all := s.used("terraform:app"); !all || !cmp.Equal(regions, []string{"eu-north-1", "eu-west-1"}) {
		t.Errorf("regions of app are %v, all %t", regions, all)
	}
	if regions, all := s.used("terraform:other"); all || len(regions) != 0 {
		t.Errorf("regions of other are %v, all %t, want none and perhaps more", regions, all)
	}
}

func TestEngineErrors(t *testing.T) {
	for _, c := range []struct{ name, old, spoilt, want string }{
		{"both", `value.differs(input.settings.versioning, "enabled")`, `value.known(input.settings.versioning)`,
			"check ACME-S3-001 on terraform:app:aws_s3_bucket.a: the policy decides it in more than one way"},
		{"built-in error", "pass if", "pass if {\n\tx := to_number(input.settings_of_others)\n\tx > 3\n}\n\npass if {\n\tx := to_number(\"a\")\n\tx > 3\n}\n\npass if",
			"check ACME-S3-001 on terraform:app:aws_s3_bucket.a: own/backup/versions.rego:19: eval_builtin_error: to_number"},
	} {
		t.Run(c.name, func(t *testing.T) {
			set, err := Load(true, userDir(replaced(t, userPolicy, c.old, c.spoilt)))
			if err != nil {
				t.Fatal(err)
			}
			s := snapshot(fact("aws_s3_bucket.a", evidence.ObjectStore{Versioning: known("enabled")}))
			_, err = set.Judge(t.Context(), s, annexOf(promiseOf(t, "backup")), Options{At: now()})
			var engine *EngineError
			if !errors.As(err, &engine) || engine.Check != "ACME-S3-001" || !hasPrefix(err.Error(), c.want) {
				t.Errorf("error is %v\nwant an EngineError that begins %s", err, c.want)
			}
		})
	}
}
