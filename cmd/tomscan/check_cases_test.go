package main_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/policies"
	"github.com/tomscan/tomscan/scanners/terraform"
)

// caseDir has a case per check: <ID>.tf with resources named passing, failing and unresolved, or a directory <ID> with
// one root module per name for a check over a population. Beside it <ID>.hcl has the clauses of an annex where the
// catalogue's parameters do not promise what the check looks at.
const caseDir = "../../testdata/checks"

const caseHeader = `
title    = "Cases"
language = "en"
version  = "1"
date     = "2026-11-21"
processor {
  name         = "Exempel AB"
  registration = "556000-0000"
}
controller = "Exempel kommun"
`

var caseTime = time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC)

// caseVerdicts is what every check says of its three cases.
func caseVerdicts() map[string]evidence.Verdict {
	return map[string]evidence.Verdict{"passing": evidence.Pass, "failing": evidence.Fail, "unresolved": evidence.Unknown}
}

func TestCheckCases(t *testing.T) {
	set, err := policies.Load(true)
	if err != nil {
		t.Fatal(err)
	}
	for _, check := range codeChecks(set) {
		t.Run(check.ID, func(t *testing.T) {
			annex := caseAnnex(t, check.ID)
			got := map[string]evidence.Verdict{}
			if check.Over == "population" {
				for name := range caseVerdicts() {
					for _, r := range judgeCase(t, set, annex, filepath.Join(caseDir, check.ID, name, "main.tf")) {
						if r.Check == check.ID {
							got[name] = r.Verdict
						}
					}
				}
			} else {
				got = verdictsByName(judgeCase(t, set, annex, filepath.Join(caseDir, check.ID+".tf")), check.ID)
			}
			if diff := cmp.Diff(caseVerdicts(), got); diff != "" {
				t.Errorf("verdicts (-want +got):\n%s", diff)
			}
		})
	}
}

// codeChecks are the checks that code can answer. What only a running system or a host shows has no case in code: such checks are
// not run here, and are tried on an estate that runs, and on hosts.
func codeChecks(set *policies.Set) []evidence.Check {
	return slices.DeleteFunc(set.Checks(), func(c evidence.Check) bool {
		return c.Live || !slices.ContainsFunc(c.Kinds, func(k evidence.Kind) bool { return !k.OfHosts() })
	})
}

// verdictsByName are the verdicts of a check on the resources that are named after a case.
func verdictsByName(results []evidence.Result, check string) map[string]evidence.Verdict {
	verdicts := map[string]evidence.Verdict{}
	for _, r := range results {
		address, _, _ := strings.Cut(r.Fact, "#")
		name := address[strings.LastIndex(address, ".")+1:]
		if _, ok := caseVerdicts()[name]; ok && r.Check == check {
			verdicts[name] = r.Verdict
		}
	}
	return verdicts
}

// caseAnnex is the annex of a check's case, or the catalogue.
func caseAnnex(t *testing.T, id string) evidence.Annex {
	t.Helper()
	clauses, err := os.ReadFile(filepath.Join(caseDir, id+".hcl"))
	if os.IsNotExist(err) {
		return policies.CatalogueAnnex(policies.LoadCatalogue(), "en")
	}
	if err != nil {
		t.Fatal(err)
	}
	annex, diagnostics := policies.ParseAnnex(id+".hcl", slices.Concat([]byte(caseHeader), clauses), policies.LoadCatalogue(), caseTime)
	if diagnostics.HasErrors() {
		t.Fatal(diagnostics)
	}
	return annex
}

// judgeCase judges one file as a root module of its own.
func judgeCase(t *testing.T, set *policies.Set, annex evidence.Annex, file string) []evidence.Result {
	t.Helper()
	code, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return judgeCode(t, set, annex, code)
}

// judgeCode judges the code of one root module.
func judgeCode(t *testing.T, set *policies.Set, annex evidence.Annex, code []byte) []evidence.Result {
	t.Helper()
	collector := terraform.New(terraform.Options{FS: fstest.MapFS{"main.tf": {Data: code}}, Paths: []string{"."}})
	snapshot, err := collector.Collect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	report, err := set.Judge(t.Context(), snapshot, annex, policies.Options{At: caseTime})
	if err != nil {
		t.Fatal(err)
	}
	return report.Results
}
