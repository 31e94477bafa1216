package reports

import (
	"slices"
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
	calls    map[string][]*evidence.Call // by operation
}

func newIndex(r evidence.Report, w Words) *index {
	x := &index{Report: r, words: w,
		facts:    byID(r.Snapshot.Facts, func(f *evidence.Fact) string { return f.ID }),
		checks:   byID(r.Checks, func(c *evidence.Check) string { return c.ID }),
		results:  byID(r.Results, func(s *evidence.Result) string { return s.ID }),
		measures: byID(r.Measures, func(m *evidence.MeasureResult) string { return m.Promise }),
		inputs:   byID(r.Snapshot.Inputs, func(i *evidence.Input) string { return i.Path }),
		promises: map[string]*evidence.Promise{}, ways: map[string]int{}, calls: callsByOperation(r.Snapshot.Calls),
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
