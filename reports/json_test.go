package reports

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

// TestJSONIsTheReport reads the JSON back and compares it with what the standard encoder says of the report.
func TestJSONIsTheReport(t *testing.T) {
	var got evidence.Report
	if err := json.Unmarshal(render(t, JSON, fixture(), Options{}), &got); err != nil {
		t.Fatal(err)
	}
	plain, err := json.Marshal(fixture())
	if err != nil {
		t.Fatal(err)
	}
	var want evidence.Report
	if err := json.Unmarshal(plain, &want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(got, want, cmp.FilterValues(bothEmpty, cmp.Ignore())); diff != "" {
		t.Errorf("-got +want:\n%s", diff)
	}
}

// bothEmpty takes nil and empty for the same: the report's JSON has no null.
func bothEmpty(a, b any) bool {
	x, err1 := json.Marshal(a)
	y, err2 := json.Marshal(b)
	empty := func(s []byte) bool { return string(s) == "null" || string(s) == "[]" || string(s) == "{}" }
	return err1 == nil && err2 == nil && empty(x) && empty(y)
}

func TestJSONOfNothingHasNoNull(t *testing.T) {
	for name, document := range map[string]any{"report": evidence.Report{}, "snapshot": evidence.Snapshot{},
		"filled": evidence.Report{Results: make([]evidence.Result, 1), Checks: make([]evidence.Check, 1), Measures: make([]evidence.MeasureResult, 1),
			Annex:    evidence.Annex{Clauses: []evidence.Clause{{Promises: make([]evidence.Promise, 1)}}},
			Snapshot: evidence.Snapshot{Sweeps: make([]evidence.Sweep, 1), Facts: make([]evidence.Fact, 1)}}} {
		var b bytes.Buffer
		if err := WriteJSON(&b, document); err != nil {
			t.Fatal(err)
		}
		if !json.Valid(b.Bytes()) || bytes.Contains(b.Bytes(), []byte("null")) {
			t.Errorf("%s: not JSON, or with null:\n%s", name, b.String())
		}
	}
}
