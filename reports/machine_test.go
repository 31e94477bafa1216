package reports

import (
	"encoding/json"
	"encoding/xml"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

func sarifOf(t *testing.T, r evidence.Report) sarifRun {
	t.Helper()
	var log sarifLog
	if err := json.Unmarshal(render(t, SARIF, r, Options{}), &log); err != nil {
		t.Fatal(err)
	}
	return log.Runs[0]
}

// TestSARIFHoldsFailsAndWaivedFails counts the results, and looks at the waived one's suppression.
func TestSARIFHoldsFailsAndWaivedFails(t *testing.T) {
	run := sarifOf(t, fixture())
	var suppressed []sarifSuppression
	for _, r := range run.Results {
		suppressed = append(suppressed, r.Suppressions...)
	}
	if len(run.Results) != 4 || len(suppressed) != 1 {
		t.Fatalf("%d results and %d suppressions, want 4 and 1", len(run.Results), len(suppressed))
	}
	if s := suppressed[0]; s.Kind != "external" || !strings.Contains(s.Justification, "SEC-118") || s.Location.Physical.Artifact.URI != "annex.hcl" {
		t.Errorf("suppression %+v, want that of the annex", s)
	}
}

// TestSARIFFingerprintsSurviveMovedLines moves everything down and compares.
func TestSARIFFingerprintsSurviveMovedLines(t *testing.T) {
	moved := fixture()
	for i := range moved.Results {
		moved.Results[i].At = slices.Clone(moved.Results[i].At)
		for p := range moved.Results[i].At {
			moved.Results[i].At[p].StartLine += 7
			moved.Results[i].At[p].EndLine += 7
		}
	}
	fingerprints := func(r evidence.Report) (all []map[string]string) {
		for _, s := range sarifOf(t, r).Results {
			all = append(all, s.PartialFingerprints)
		}
		return all
	}
	if diff := cmp.Diff(fingerprints(moved), fingerprints(fixture())); diff != "" {
		t.Errorf("-moved +before:\n%s", diff)
	}
}

// TestSARIFShowsPopulationsSomewhere lets the check over a population fail, blaming nobody and then somebody.
func TestSARIFShowsPopulationsSomewhere(t *testing.T) {
	r := fixture()
	i := slices.IndexFunc(r.Results, func(s evidence.Result) bool { return s.Check == "TOM-LOG-001" })
	r.Results[i].Verdict = evidence.Fail
	place := func() *sarifPhysical {
		for _, s := range sarifOf(t, r).Results {
			if s.RuleID == "TOM-LOG-001" {
				return s.Locations[0].Physical
			}
		}
		return nil
	}
	if got := place(); got == nil || got.Artifact.URI != "envs/prod/mail.tf" || got.Region != nil {
		t.Errorf("blaming nobody: %+v, want the first file of the root", got)
	}
	r.Results[i].Blames = []string{"terraform:envs/prod:aws_ebs_volume.legacy"}
	if got := place(); got == nil || got.Artifact.URI != "envs/prod/main.tf" || got.Region.StartLine != 60 {
		t.Errorf("blaming a volume: %+v, want where it is declared", got)
	}
}

func TestSARIFURIs(t *testing.T) {
	for path, want := range map[string]string{"a b/c#d.tf": "a%20b/c%23d.tf", "x:y.tf": "./x:y.tf", "å.tf": "%C3%A5.tf", "a\n%.tf": "a%0A%25.tf"} {
		if got := relativeURI(path); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
}

func TestJUnitCounts(t *testing.T) {
	var got junitSuites
	if err := xml.Unmarshal(render(t, JUnit, fixtureWithErrors(), Options{}), &got); err != nil {
		t.Fatal(err)
	}
	want := junitCounts{Tests: 12, Failures: 3, Errors: 1, Skipped: 5}
	if got.junitCounts != want {
		t.Errorf("%+v, want %+v", got.junitCounts, want)
	}
	var sum junitCounts
	for _, s := range got.Suites {
		sum.Tests, sum.Failures = sum.Tests+s.Tests, sum.Failures+s.Failures
		sum.Errors, sum.Skipped = sum.Errors+s.Errors, sum.Skipped+s.Skipped
	}
	if sum != want {
		t.Errorf("the suites have %+v, want %+v", sum, want)
	}
}

func TestMarkdownEscapes(t *testing.T) {
	for in, want := range map[string]string{
		"a|b":                `a\|b`,
		"*x* _y_ `z`":        "\\*x\\* \\_y\\_ \\`z\\`",
		"<img src=x> & co":   "&lt;img src=x&gt; &amp; co",
		"@everyone #12":      "@<!-- -->everyone #<!-- -->12",
		"[x](https://e.vil)": `\[x\](https:<!-- -->//e.vil)`,
		"www.e.vil":          "www<!-- -->.e.vil",
		"line\nbreak":        `line\\nbreak`,
	} {
		if got := escapeMarkdown(in); got != want {
			t.Errorf("escapeMarkdown(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"a": "`a`", "a`b": "`` a`b ``", "``": "``` `` ```"} {
		if got := codeSpan(in); got != want {
			t.Errorf("codeSpan(%q) = %q, want %q", in, got, want)
		}
	}
}
