package main

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/policies"
	"github.com/tomscan/tomscan/scanners/aws"
)

var updateCoverage = flag.Bool("update-coverage", false, "write docs/aws-coverage.md anew")

const coverageFile = "../../docs/aws-coverage.md"

// TestCoverageOfAWSIsDocumented holds docs/aws-coverage.md to the tables of the readers and to the checks.
func TestCoverageOfAWSIsDocumented(t *testing.T) {
	set, err := policies.Load(true)
	if err != nil {
		t.Fatal(err)
	}
	want := coverage(aws.Operations(), set.Checks())
	if *updateCoverage {
		if err := os.WriteFile(coverageFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(coverageFile)
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(strings.Split(want, "\n"), strings.Split(string(got), "\n")); diff != "" {
		t.Errorf("make docs writes it anew (-want +got):\n%s", diff)
	}
}

func TestNoOperationIsBothCalledAndLeftOut(t *testing.T) {
	called := map[string]bool{}
	for _, o := range aws.Operations() {
		called[o.Name] = true
	}
	left := leftOut()
	for i, o := range left {
		if called[o.operation] {
			t.Errorf("%s is called: take it out of the operations that are left out", o.operation)
		}
		if i > 0 && left[i-1].operation >= o.operation {
			t.Errorf("%s stands after %s", o.operation, left[i-1].operation)
		}
		if o.tells == "" || o.reason == "" {
			t.Errorf("%s has no reason", o.operation)
		}
	}
}

// coverage is the whole document.
func coverage(operations []aws.Operation, checks []evidence.Check) string {
	var b strings.Builder
	actions := map[string]bool{}
	for _, o := range operations {
		actions[o.Action] = o.Action != ""
	}
	delete(actions, "")
	fmt.Fprintf(&b, coverageHead, len(operations), len(actions))
	service := ""
	for _, o := range operations {
		if of, _, _ := strings.Cut(o.Name, "."); of != service {
			service = of
			fmt.Fprintf(&b, "\n### %s\n\n| operation | permission | read for | finds | tells | serves |\n|---|---|---|---|---|---|\n", service)
		}
		b.WriteString(coverageRow(o, checks))
	}
	b.WriteString(leftOutHead)
	for _, o := range leftOut() {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", o.operation, o.tells, o.reason)
	}
	b.WriteString(untoldHead)
	for _, u := range untold() {
		fmt.Fprintf(&b, "- **%s.** %s\n", u.what, u.why)
	}
	return b.String()
}

func coverageRow(o aws.Operation, checks []evidence.Check) string {
	_, name, _ := strings.Cut(o.Name, ".")
	action, readers, serves := "none", "the run itself", cmp.Or(o.Frame, "no check: a fact of the snapshot")
	if o.Action != "" {
		action = "`" + o.Action + "`"
	}
	if len(o.Readers) > 0 {
		readers = strings.Join(o.Readers, ", ")
	}
	if by := served(o, checks); len(by) > 0 {
		serves = strings.Join(by, "; ")
	}
	finds := make([]string, 0, len(o.Lists))
	for _, kind := range o.Lists {
		finds = append(finds, string(kind))
	}
	return fmt.Sprintf("| %s | %s | %s | %s | %s | %s |\n", name, action, readers, strings.Join(finds, ", "), strings.Join(o.Fills, ", "), serves)
}

// served are the measures that an operation serves, each with its checks, sorted.
func served(o aws.Operation, checks []evidence.Check) []string {
	measures := map[string][]string{}
	for _, c := range checks {
		if serves(o, c) {
			measures[c.Measure] = append(measures[c.Measure], c.ID)
		}
	}
	var lines []string
	for _, measure := range slices.Sorted(maps.Keys(measures)) {
		slices.Sort(measures[measure])
		lines = append(lines, measure+" ("+strings.Join(measures[measure], ", ")+")")
	}
	return lines
}

// serves says whether a check is about a kind that the operation finds, or reads a setting that it tells.
func serves(o aws.Operation, c evidence.Check) bool {
	for _, kind := range c.Kinds {
		if slices.Contains(o.Lists, kind) {
			return true
		}
		for _, setting := range c.Reads {
			if slices.Contains(o.Fills, string(kind)+"."+setting) {
				return true
			}
		}
	}
	return false
}

const coverageHead = `# What is read of AWS, and what is not

This file is made of the tables from which tomscan calls AWS; ` + "`make docs`" + ` writes it anew, and a test holds it to the code.
[aws.md](aws.md) says how to run it.

## What is called

%d operations, %d permissions. All of them read settings; none reads data. What is asked about single resources is asked only when a
promised measure has a check that it serves; lists are read always. An operation that finds a kind also tells every setting of the
kind that no other operation of the service tells. Is an operation refused, the settings that it tells are denied, and where it finds
a kind, facts of that kind may be missing: what they would decide is *not assessed*.

Operations have the names of the SDK's packages. Which check asks for what: ` + "`tomscan checks ID`" + `.
`

const leftOutHead = `
## What is left out

Operations that could say something about the measures, and are not called, with the reason.

| operation | would tell | reason |
|---|---|---|
`

const untoldHead = `
## What AWS tells nobody

What measures ask for and no operation tells. It is never a pass: it is *not assessed* until a person attests it, or another source
shows it.

`
