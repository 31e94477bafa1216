package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

var updateVerdicts = flag.Bool("update-verdicts", false, "write the verdicts of the example estates anew; check each by hand")

// TestVerdictsOfTheExampleEstate holds every verdict on the bundled estate. Each line of the golden file was checked by
// hand against the code and the vendor's documentation; who changes it does so again.
func TestVerdictsOfTheExampleEstate(t *testing.T) {
	estate := filepath.FromSlash("../../testdata/estates/parasoll")
	code, stdout, stderr := tomscan(t, nil, "scan", estate, "--config", filepath.Join(estate, configName),
		"--at", "2026-11-21T12:00:00Z", "-o", "json")
	if code != codeFails {
		t.Fatalf("ends with %d, want %d: %s", code, codeFails, stderr)
	}
	var r evidence.Report
	if err := json.Unmarshal([]byte(stdout), &r); err != nil {
		t.Fatal(err)
	}
	got := verdictLines(r)
	path := filepath.FromSlash("../../testdata/golden/parasoll.txt")
	if *updateVerdicts {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("verdicts (-want +got):\n%s", diff)
	}
}

// verdictLines writes a report's verdicts one to a line: clauses, then promises, then results.
func verdictLines(r evidence.Report) string {
	var out strings.Builder
	for _, c := range r.Clauses {
		fmt.Fprintf(&out, "clause %s: %s\n", c.ID, c.Verdict)
	}
	for _, m := range r.Measures {
		fmt.Fprintf(&out, "promise %s: %s%s\n", m.Promise, m.Verdict, reasonLine(m.Reasons))
	}
	for _, x := range r.Results {
		fmt.Fprintf(&out, "result %s: %s%s\n", x.ID, x.Verdict, reasonLine(x.Reasons))
	}
	return out.String()
}

func reasonLine(reasons []evidence.Reason) string {
	var out strings.Builder
	for i, r := range reasons {
		out.WriteString([]string{" because ", ", "}[min(i, 1)] + r.Code)
		if actual, ok := r.Args["actual"]; ok {
			out.WriteString("(" + actual + ")")
		}
	}
	return out.String()
}
