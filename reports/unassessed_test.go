package reports

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

// TestPartsThatNothingLooksAtAreSaidTogether: one line for a promise, however many parts it includes.
func TestPartsThatNothingLooksAtAreSaidTogether(t *testing.T) {
	r := evidence.Report{Measures: []evidence.MeasureResult{{
		Promise: "backup", Verdict: evidence.Unknown,
		Reasons: []evidence.Reason{evidence.Because("scope_not_observed", "scope", "databases"), evidence.Because("shown_in_part"), evidence.Because("scope_not_observed", "scope", "logs")},
	}}}
	var got []string
	for _, b := range newIndex(r, wordsIn(t, "en")).blanks() {
		got = append(got, b.Why)
	}
	slices.Sort(got)
	want := []string{"Nothing in this run looks at databases, logs, which the promise includes", "The checks of this run can show that it does not hold, but not that it does"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
