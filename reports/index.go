package reports

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// index finds the parts of a report by their ids, and says them in the reader's language.
type index struct {
	evidence.Report
	words    Words
	facts    map[string]*evidence.Fact
	checks   map[string]*evidence.Check
	results  map[string]*evidence.Result
	measures map[string]*evidence.MeasureResult // by promise
	promises map[string]*evidence.Promise
	ways     map[string]int // how many different promises there are of a measure
	inputs   map[string]*evidence.Input
}

func newIndex(r evidence.Report, w Words) *index {
	x := &index{Report: r, words: w,
		facts:    byID(r.Snapshot.Facts, func(f *evidence.Fact) string { return f.ID }),
		checks:   byID(r.Checks, func(c *evidence.Check) string { return c.ID }),
		results:  byID(r.Results, func(s *evidence.Result) string { return s.ID }),
		measures: byID(r.Measures, func(m *evidence.MeasureResult) string { return m.Promise }),
		inputs:   byID(r.Snapshot.Inputs, func(i *evidence.Input) string { return i.Path }),
		promises: map[string]*evidence.Promise{}, ways: map[string]int{},
	}
	for i := range r.Measures {
		x.ways[r.Measures[i].Measure]++
	}
	for c := range r.Annex.Clauses {
		for p := range r.Annex.Clauses[c].Promises {
			promise := &r.Annex.Clauses[c].Promises[p]
			x.promises[promise.ID] = promise
		}
	}
	return x
}

func byID[T any](list []T, id func(*T) string) map[string]*T {
	m := make(map[string]*T, len(list))
	for i := range list {
		m[id(&list[i])] = &list[i]
	}
	return m
}

// check returns the check of a result; one that the report does not list has its id for a title.
func (x *index) check(id string) evidence.Check {
	if c, ok := x.checks[id]; ok {
		return *c
	}
	return evidence.Check{ID: id, Title: id}
}

// subject names what a result is about: the resource's address, or the place whose population was judged.
func (x *index) subject(id string) string {
	if f, ok := x.facts[id]; ok {
		return visible(f.Address)
	}
	if _, rest, ok := strings.Cut(id, ":account:"); ok {
		return x.words.Text("place.account", "account", visible(rest))
	}
	root, environment := rootOf(id)
	if root == "" {
		return visible(id)
	}
	return x.place(evidence.Place{Root: root, Environment: environment})
}

// place says where a collector looked.
func (x *index) place(p evidence.Place) string {
	if p.Root == "" {
		return visible(strings.TrimSpace(p.Account + " " + p.Region))
	}
	if p.Environment == "" {
		return x.words.Text("place.root", "root", visible(p.Root))
	}
	return x.words.Text("place.environment", "root", visible(p.Root), "environment", visible(p.Environment))
}

// rootOf returns the root module and environment of a population's id, `terraform:<root>[@environment]`.
func rootOf(id string) (root, environment string) {
	rest, ok := strings.CutPrefix(id, "terraform:")
	if !ok {
		return "", ""
	}
	root, environment, _ = strings.Cut(strings.TrimSuffix(rest, ":"), "@")
	return root, environment
}

// positions returns where a result was decided: its own positions, else where the fact or a fact to blame is declared.
func (x *index) positions(r *evidence.Result) []evidence.Position {
	if len(r.At) > 0 {
		return r.At
	}
	for _, id := range append([]string{r.Fact}, r.Blames...) {
		if f, ok := x.facts[id]; ok && len(f.At) > 0 {
			return f.At[:1]
		}
	}
	return nil
}

// firstFile returns the first file that was read of the root module that a population's id names.
func (x *index) firstFile(id string) []evidence.Position {
	root, _ := rootOf(id)
	if root == "" {
		return nil
	}
	for _, in := range x.Snapshot.Inputs {
		if inRoot(in.Path, root) {
			return []evidence.Position{{File: in.Path}}
		}
	}
	return nil
}

// inRoot says whether a file lies in a root module.
func inRoot(file, root string) bool { return root == "." || strings.HasPrefix(file, root+"/") }

// where is a position as editors and terminals understand it: file:line.
func where(p evidence.Position) string {
	if p.StartLine == 0 {
		return visible(p.File)
	}
	return visible(p.File) + ":" + strconv.Itoa(p.StartLine)
}

// decidedAt is the first place that a result points at, or nothing.
func (x *index) decidedAt(r *evidence.Result) string {
	if at := x.positions(r); len(at) > 0 {
		return where(at[0])
	}
	return ""
}

// sentences says why a result is what it is.
func (x *index) sentences(reasons []evidence.Reason) []string {
	var all []string
	for _, r := range reasons {
		if s := x.words.Reason(r); !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}

// clausesOf names the clauses that make a promise; without an annex there is none to name.
func (x *index) clausesOf(promise string) string {
	m, ok := x.measures[promise]
	if !ok || x.Annex.FromCatalogue() {
		return ""
	}
	clauses := make([]string, len(m.Clauses))
	for i, c := range m.Clauses {
		clauses[i] = visible(c)
	}
	return x.words.Count("clause.named", len(clauses), "clauses", strings.Join(clauses, ", "))
}

// measureName names a promise by its measure. Where an annex promises a measure in several ways, what it is promised for
// tells them apart.
func (x *index) measureName(promise string) string {
	id := x.measureOf(promise)
	name := x.words.Measure(id)
	if p, ok := x.promises[promise]; ok && x.ways[id] > 1 {
		name = joined(" ", name, parenthesised(x.special(p)))
	}
	return name
}

// measureOf returns the id of a promise's measure.
func (x *index) measureOf(promise string) string {
	if m, ok := x.measures[promise]; ok {
		return m.Measure
	}
	id, _, _ := strings.Cut(promise, "@")
	return id
}

// special is what tells a promise from others of its measure: its scope and environments, else its thresholds.
func (x *index) special(p *evidence.Promise) string {
	var parts, thresholds []string
	for _, q := range p.Parameters {
		switch {
		case !q.Promised:
		case q.Name == "scope":
			for _, word := range p.Scope {
				parts = append(parts, x.words.Scope(word))
			}
		default:
			thresholds = append(thresholds, visible(q.Name)+" "+x.words.Value("", q.Text))
		}
	}
	for _, e := range p.Environments {
		parts = append(parts, visible(e))
	}
	if len(parts) == 0 {
		parts = thresholds
	}
	return strings.Join(parts, ", ")
}

// group is the results of one check that have one verdict, worst check first.
type group struct {
	check   evidence.Check
	results []*evidence.Result
}

// groups returns the results with a verdict by check: severe checks first, then by id; within a check in the report's order.
func (x *index) groups(v evidence.Verdict) []group {
	found := map[string]*group{}
	var order []*group
	for i := range x.Results {
		r := &x.Results[i]
		if r.Verdict != v {
			continue
		}
		g, ok := found[r.Check]
		if !ok {
			g = &group{check: x.check(r.Check)}
			found[r.Check] = g
			order = append(order, g)
		}
		g.results = append(g.results, r)
	}
	slices.SortFunc(order, func(a, b *group) int { return compareChecks(a.check, b.check) })
	groups := make([]group, len(order))
	for i, g := range order {
		groups[i] = *g
	}
	return groups
}

func compareChecks(a, b evidence.Check) int {
	rank := func(s evidence.Severity) int { return slices.Index(append(evidence.Severities(), ""), s) }
	return cmp.Or(cmp.Compare(rank(a.Severity), rank(b.Severity)), cmp.Compare(a.ID, b.ID))
}

// count returns how many results have a verdict.
func (x *index) count(v evidence.Verdict) int {
	n := 0
	for i := range x.Results {
		if x.Results[i].Verdict == v {
			n++
		}
	}
	return n
}
