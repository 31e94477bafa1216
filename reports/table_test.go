package reports

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tomscan/tomscan/evidence"
)

// TestTableFitsTheScreen renders in every language and several widths: no line is longer than the screen.
func TestTableFitsTheScreen(t *testing.T) {
	for _, language := range Languages() {
		for _, width := range []int{60, 80, 100, 140} {
			text := string(render(t, Table, fixture(), Options{Words: wordsIn(t, language), Width: width}))
			for line := range strings.Lines(text) {
				if got := columns(strings.TrimSuffix(line, "\n")); got > width {
					t.Errorf("%s, %d columns: a line has %d: %q", language, width, got, line)
				}
			}
			if strings.Contains(text, " \n") {
				t.Errorf("%s, %d columns: a line ends in spaces", language, width)
			}
		}
	}
}

func TestTableHasColourOnlyOnRequest(t *testing.T) {
	bare := string(render(t, Table, fixture(), Options{Width: 80}))
	painted := string(render(t, Table, fixture(), Options{Width: 80, Color: true}))
	if strings.Contains(bare, "\x1b") {
		t.Error("there is colour without being asked for")
	}
	if !strings.Contains(painted, "\x1b[31m") {
		t.Error("there is no colour though it was asked for")
	}
	for line := range strings.Lines(painted) {
		if last := strings.LastIndex(line, "\x1b["); last >= 0 && !strings.HasPrefix(line[last:], plain) {
			t.Errorf("a style does not end with its line: %q", line)
		}
	}
	if got := sgr.ReplaceAllString(painted, ""); got != bare {
		t.Error("without its colour the table is another")
	}
}

// TestConclusion sums up runs with every outcome.
func TestConclusion(t *testing.T) {
	clauses := func(verdicts ...evidence.Verdict) evidence.Report {
		r := evidence.Report{Annex: evidence.Annex{File: "annex.hcl"}}
		for i, v := range verdicts {
			r.Clauses = append(r.Clauses, evidence.ClauseResult{ID: fmt.Sprint(i), Verdict: v})
		}
		return r
	}
	withError := clauses(evidence.Pass)
	withError.Errors = []evidence.Warning{{Reason: evidence.Because("engine_error")}}
	for _, c := range []struct {
		name    string
		in      evidence.Report
		verdict evidence.Verdict
		want    string
	}{
		{"pass", clauses(evidence.Pass, evidence.Waived), evidence.Pass, "No promise is broken: all 2 clauses hold as far as this evidence reaches."},
		{"fail", clauses(evidence.Fail, evidence.Conflict, evidence.Unknown), evidence.Fail, "Promises are broken: 2 of 3 clauses do not hold. Not assessed: 1 of 3 clauses."},
		{"not assessed", clauses(evidence.Pass, evidence.Unknown), evidence.Unknown, "No clause fails, but not everything could be assessed. Not assessed: 1 of 2 clauses."},
		{"nothing", clauses(), evidence.Unknown, "No clause fails, but not everything could be assessed."},
		{"error", withError, evidence.Unknown, "Errors occurred, so nothing can be concluded."},
	} {
		t.Run(c.name, func(t *testing.T) {
			v, text := newIndex(c.in, wordsIn(t, "en")).conclusion()
			if v != c.verdict || text != c.want {
				t.Errorf("got %s %q, want %s %q", v, text, c.verdict, c.want)
			}
		})
	}
}
