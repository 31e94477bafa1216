package main_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/policies"
)

var updateChanges = flag.Bool("update", false, "write the golden files anew")

// TestCheckMutations spoils the passing case of every check, one argument or block at a time: it is deleted, set to a
// variable without a value, set to another value, and made as in the failing or the unresolved case. The exact set of results that change
// stands in <ID>.changes. A check of which no mutation makes the passing case fail, or leaves it open, looks at nothing.
func TestCheckMutations(t *testing.T) {
	if testing.Short() {
		t.Skip("it judges some thousand root modules")
	}
	set, err := policies.Load(true)
	if err != nil {
		t.Fatal(err)
	}
	for _, check := range codeChecks(set) { // no code answers the live ones
		t.Run(check.ID, func(t *testing.T) {
			t.Parallel()
			m := mutator{t: t, check: check, set: set.Only(check.ID), annex: caseAnnex(t, check.ID)}
			m.run()
		})
	}
}

// mutator spoils the case of one check.
type mutator struct {
	t     *testing.T
	check evidence.Check
	set   *policies.Set
	annex evidence.Annex
	moved map[evidence.Verdict]bool // what passing results became
}

func (m *mutator) run() {
	file := filepath.Join(caseDir, m.check.ID+".tf")
	if m.check.Over == "population" {
		file = filepath.Join(caseDir, m.check.ID, "passing", "main.tf")
	}
	code := read(m.t, file)
	cases := map[string][]byte{"failing": code, "unresolved": code}
	if m.check.Over == "population" {
		for name := range cases {
			cases[name] = read(m.t, filepath.Join(caseDir, m.check.ID, name, "main.tf"))
		}
	}
	m.moved = map[evidence.Verdict]bool{}
	before := m.verdicts(code)
	var lines []string
	for _, place := range places(m.t, code, cases) {
		for _, change := range place.changes() {
			after := m.verdicts(place.changed(m.t, code, change))
			lines = append(lines, fmt.Sprintf("%s %s: %s\n", place, change, m.difference(before, after)))
		}
	}
	m.compare(strings.Join(lines, ""))
	if !m.moved[evidence.Fail] || !m.moved[evidence.Unknown] {
		m.t.Errorf("mutations turn the passing case into %v, want fail and unknown among them", slices.Sorted(maps.Keys(m.moved)))
	}
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// verdicts are the check's verdicts by fact.
func (m *mutator) verdicts(code []byte) map[string]evidence.Verdict {
	verdicts := map[string]evidence.Verdict{}
	for _, r := range judgeCode(m.t, m.set, m.annex, code) {
		verdicts[strings.TrimPrefix(r.Fact, "terraform:.:")] = r.Verdict
	}
	return verdicts
}

// difference lists what changed, and notes what the passing case became.
func (m *mutator) difference(before, after map[string]evidence.Verdict) string {
	all := maps.Clone(before)
	maps.Copy(all, after)
	var changes []string
	for _, fact := range slices.Sorted(maps.Keys(all)) {
		from, to := string(before[fact]), string(after[fact])
		if from == to {
			continue
		}
		if from == string(evidence.Pass) && to != "" {
			m.moved[evidence.Verdict(to)] = true
		}
		for _, v := range []*string{&from, &to} {
			if *v == "" {
				*v = "absent"
			}
		}
		changes = append(changes, fmt.Sprintf("%s %s -> %s", fact, from, to))
	}
	if len(changes) == 0 {
		return "-"
	}
	return strings.Join(changes, ", ")
}

// compare holds the changes to the golden file.
func (m *mutator) compare(got string) {
	file := filepath.Join(caseDir, m.check.ID+".changes")
	if *updateChanges {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			m.t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		m.t.Fatalf("%v: run the test with -update and check what it wrote", err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		m.t.Errorf("changed results (-want +got):\n%s", diff)
	}
}

// place is an argument, or a block, of the code: the blocks that lead to it by their number among their like.
type place struct {
	blocks []int
	names  []string                   // of the blocks, for the reader
	name   string                     // of the argument, empty for the block itself
	text   string                     // the argument's value
	others map[string]*hclwrite.Block // the block in the other cases, by their names
}

func (p place) String() string {
	names := p.names
	if p.name != "" {
		names = append(slices.Clone(names), p.name)
	}
	return strings.Join(names, ".")
}

// places lists all arguments and blocks but those of the other cases, and of variables.
func places(t *testing.T, code []byte, cases map[string][]byte) []place {
	t.Helper()
	var all []place
	for i, block := range parsed(t, code).Body().Blocks() {
		labels := block.Labels()
		if block.Type() == "variable" || slices.ContainsFunc(labels, func(l string) bool { return cases[l] != nil }) {
			continue
		}
		others := map[string]*hclwrite.Block{}
		for name, text := range cases {
			if other := counterpart(parsed(t, text).Body(), block, name); other != nil && slices.Contains(labels, "passing") == slices.Contains(other.Labels(), name) {
				others[name] = other
			}
		}
		name := strings.Join(append([]string{block.Type()}, labels...), ".")
		all = append(all, placesIn(block, others, []int{i}, []string{strings.TrimPrefix(name, "resource.")})...)
	}
	return all
}

// counterpart is the block of another case that stands for one of the passing case: it is named after its case instead
// of passing, or has the same name.
func counterpart(body *hclwrite.Body, block *hclwrite.Block, name string) *hclwrite.Block {
	labels := slices.Clone(block.Labels())
	if i := slices.Index(labels, "passing"); i >= 0 {
		labels[i] = name
	}
	return body.FirstMatchingBlock(block.Type(), labels)
}

func placesIn(block *hclwrite.Block, others map[string]*hclwrite.Block, blocks []int, names []string) []place {
	all := []place{{blocks: blocks, names: names, others: others}}
	attributes := block.Body().Attributes()
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		all = append(all, place{blocks: blocks, names: names, name: name, text: textOf(attributes[name]), others: others})
	}
	for i, nested := range block.Body().Blocks() {
		same := map[string]*hclwrite.Block{}
		for name, other := range others {
			if list := other.Body().Blocks(); i < len(list) && list[i].Type() == nested.Type() {
				same[name] = list[i]
			}
		}
		named := append(slices.Clone(names), fmt.Sprintf("%s[%d]", nested.Type(), i))
		all = append(all, placesIn(nested, same, append(slices.Clone(blocks), i), named)...)
	}
	return all
}

// textOf is the value of an argument as it is written, on one line.
func textOf(a *hclwrite.Attribute) string {
	if a == nil {
		return ""
	}
	return strings.TrimSpace(string(a.Expr().BuildTokens(nil).Bytes()))
}

// like makes a block what it is in another case.
const like = "as if "

func bodyText(b *hclwrite.Block) string {
	return strings.TrimSpace(string(b.Body().BuildTokens(nil).Bytes()))
}

// changes lists what can be done to a place: deletions, and other values.
func (p place) changes() []string {
	changes := []string{"deleted"}
	names := slices.Sorted(maps.Keys(p.others))
	if p.name == "" {
		for _, name := range names {
			if bodyText(p.others[name]) != "" {
				changes = append(changes, like+name)
			}
		}
		return changes
	}
	changes = append(changes, "= var.mutant")
	_, err := strconv.Atoi(p.text)
	switch {
	case p.text == "true":
		changes = append(changes, "= false")
	case p.text == "false":
		changes = append(changes, "= true")
	case err == nil:
		changes = append(changes, "= 0", "= 100000")
	case strings.HasPrefix(p.text, `"`):
		changes = append(changes, `= "mutant"`)
	}
	for _, name := range names {
		wrong := textOf(p.others[name].Body().GetAttribute(p.name))
		if wrong != "" && wrong != p.text && !strings.Contains(wrong, "\n") && !slices.Contains(changes, "= "+wrong) {
			changes = append(changes, "= "+wrong)
		}
	}
	return changes
}

// changed is the code with one change.
func (p place) changed(t *testing.T, code []byte, change string) []byte {
	t.Helper()
	file := parsed(t, code)
	body := file.Body()
	for i, n := range p.blocks {
		block := body.Blocks()[n]
		if i == len(p.blocks)-1 && p.name == "" {
			if name, ok := strings.CutPrefix(change, like); ok {
				replaceBody(block.Body(), p.others[name].Body())
			} else {
				body.RemoveBlock(block)
			}
			break
		}
		body = block.Body()
	}
	if value, ok := strings.CutPrefix(change, "= "); ok {
		body.SetAttributeRaw(p.name, hclwrite.TokensForIdentifier(value))
	} else if p.name != "" {
		body.RemoveAttribute(p.name)
	}
	return append(file.Bytes(), "\nvariable \"mutant\" {}\n"...)
}

func replaceBody(body, by *hclwrite.Body) {
	for name := range body.Attributes() {
		body.RemoveAttribute(name)
	}
	for _, block := range body.Blocks() {
		body.RemoveBlock(block)
	}
	body.AppendUnstructuredTokens(by.BuildTokens(nil))
}

func parsed(t *testing.T, code []byte) *hclwrite.File {
	t.Helper()
	file, diagnostics := hclwrite.ParseConfig(code, "main.tf", hcl.InitialPos)
	if diagnostics.HasErrors() {
		t.Fatal(diagnostics)
	}
	return file
}
