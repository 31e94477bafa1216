package packets

import "slices"

// plan is what is worked out once for all questions to a filter.
type plan struct {
	chains  map[*Chain]chainPlan
	any     map[*[]test]*portIndex // by the first of a test's alternatives
	pairs   map[*branch]*portIndex // by the first of a rule's branches
	entries map[entryKey][]entry
	hooks   map[hookKey][]*Chain
}

type entryKey struct {
	family Family
	world  bool
}

type hookKey struct {
	family Family
	hook   string
}

// chainPlan is the index of a chain's rules, and the stretches of them that do not ask for the port.
type chainPlan struct {
	index     *portIndex
	stretches map[int]*stretch // by the first rule
}

// fewest is how many rules, branches or alternatives an index pays off for.
const fewest = 16

// planned makes the plan when the first question is asked.
func (f *Filter) planned() *plan {
	if f.plan != nil {
		return f.plan
	}
	f.plan = &plan{chains: map[*Chain]chainPlan{}, any: map[*[]test]*portIndex{}, pairs: map[*branch]*portIndex{}, entries: map[entryKey][]entry{}, hooks: map[hookKey][]*Chain{}}
	for _, c := range f.Rules.Chains {
		f.plan.chains[c] = chainPlan{indexOf(c.Rules, func(r rule) []test { return r.tests }), stretchesOf(c.Rules)}
		for _, r := range c.Rules {
			f.plan.alternatives(r.tests)
			if i := indexOf(r.branches, func(b branch) []test { return b.tests }); i != nil {
				f.plan.pairs[&r.branches[0]] = i
			}
			for _, b := range r.branches {
				f.plan.alternatives(b.tests)
			}
		}
	}
	return f.plan
}

// alternatives indexes those of tests.
func (p *plan) alternatives(tests []test) {
	for _, t := range tests {
		if i := indexOf(t.any, func(together []test) []test { return together }); i != nil {
			p.any[&t.any[0]] = i
		}
		for _, together := range t.any {
			p.alternatives(together)
		}
	}
}

// portIndex finds the items of a list that may hold for a port. Without it all may.
type portIndex struct {
	wide   []int // those that are for all ports, or for many
	cuts   []int // where the ports of others begin or end
	narrow [][]int
}

// listedAt is how many stretches of ports an item may be listed at.
const listedAt = 64

// indexOf makes the index of items, of which each holds only if all its tests do.
func indexOf[T any](items []T, tests func(T) []test) *portIndex {
	if len(items) < fewest {
		return nil
	}
	var x portIndex
	for _, item := range items {
		if t := portTest(tests(item)); t != nil {
			x.cuts = append(x.cuts, edges(t.values)...)
		}
	}
	slices.Sort(x.cuts)
	x.cuts = slices.Compact(x.cuts)
	x.narrow = make([][]int, len(x.cuts))
	for n, item := range items {
		t := portTest(tests(item))
		if t == nil || !x.list(n, t.values) {
			x.wide = append(x.wide, n)
		}
	}
	return &x
}

// list lists an item at its ports, unless these are too many.
func (x *portIndex) list(item int, ports Set) bool {
	var at []int
	for e := edges(ports); len(e) > 0; e = e[2:] {
		from, _ := slices.BinarySearch(x.cuts, e[0])
		to, _ := slices.BinarySearch(x.cuts, e[1])
		if len(at)+to-from > listedAt {
			return false
		}
		for ; from < to; from++ {
			at = append(at, from)
		}
	}
	for _, n := range at {
		x.narrow[n] = append(x.narrow[n], item)
	}
	return true
}

// edges are the first port of each range and the one after its last.
func edges(ports Set) []int {
	var all []int
	for _, s := range ports.spans {
		if s.lo.hi == 0 && s.lo.lo <= LastPort {
			all = append(all, int(s.lo.lo), endOf(s)+1)
		}
	}
	return all
}

// endOf is the last port of a range.
func endOf(s span) int {
	if s.hi.hi != 0 || s.hi.lo > LastPort {
		return LastPort
	}
	return int(s.hi.lo)
}

// portTest is the test that names the ports without which the others cannot hold, or nil.
func portTest(tests []test) *test {
	for i, t := range tests {
		if t.field == targetPort && !t.not && !t.shaky && t.any == nil {
			return &tests[i]
		}
	}
	return nil
}

// of calls visit with the items that may hold for a packet, in their order; visit says from which item to go on.
func (x *portIndex) of(p *packet, count int, visit func(int) int) {
	if x == nil || !hasPorts(p.protocol) {
		for n := 0; n < count; {
			n = visit(n)
		}
		return
	}
	var narrow []int
	at, exact := slices.BinarySearch(x.cuts, p.port)
	if !exact {
		at--
	}
	if at >= 0 {
		narrow = x.narrow[at]
	}
	for wide := x.wide; len(wide) > 0 || len(narrow) > 0; {
		next := &wide
		if len(wide) == 0 || len(narrow) > 0 && narrow[0] < wide[0] {
			next = &narrow
		}
		from := visit((*next)[0])
		*next = (*next)[1:]
		wide, narrow = since(wide, from), since(narrow, from)
	}
}

// since are the items of a sorted list that are not before one.
func since(items []int, from int) []int {
	if len(items) == 0 || items[0] >= from {
		return items
	}
	n, _ := slices.BinarySearch(items, from)
	return items[n:]
}
