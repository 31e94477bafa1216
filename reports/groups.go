package reports

import (
	"cmp"
	"slices"

	"github.com/tomscan/tomscan/evidence"
)

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
