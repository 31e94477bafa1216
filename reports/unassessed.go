package reports

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// blank is one reason why something was not assessed, with everything that it left open.
type blank struct {
	Why      string // the reason in words, without the setting and the fact that it is about
	Settles  string // what would settle it
	Results  []*evidence.Result
	Promises []string // promises that it left wholly open, by name
	At       []evidence.Position
	Hides    []evidence.Kind // of a gap of a sweep: what it may hide
	Gap      bool
}

// blanks returns why things were not assessed: results first, the most frequent reason first; then promises without
// evidence; then what could not be read.
func (x *index) blanks() []blank {
	found := map[string]*blank{}
	at := func(class string, r evidence.Reason) *blank {
		b := x.newBlank(r)
		key := class + b.Why
		if old, ok := found[key]; ok {
			return old
		}
		found[key] = &b
		return &b
	}
	for i := range x.Results {
		if r := &x.Results[i]; r.Verdict == evidence.Unknown {
			x.addResult(r, at)
		}
	}
	for i := range x.Measures {
		x.addPromise(&x.Measures[i], at)
	}
	for _, s := range x.Snapshot.Sweeps {
		for _, g := range s.Gaps {
			b := at("gap", g.Reason)
			b.Gap, b.Hides = true, g.Kinds
			b.At = append(b.At, g.At...)
		}
	}
	return sortedBlanks(found)
}

func (x *index) newBlank(r evidence.Reason) blank {
	args := maps.Clone(r.Args)
	delete(args, "setting")
	delete(args, "fact")
	r.Args = args
	return blank{Why: x.words.Reason(r), Settles: x.words.Decide(r)}
}

func (x *index) addResult(r *evidence.Result, at func(string, evidence.Reason) *blank) {
	reasons := r.Reasons
	if len(reasons) == 0 {
		reasons = []evidence.Reason{evidence.Because("not_read")}
	}
	for _, why := range reasons {
		b := at("result", why)
		if n := len(b.Results); n == 0 || b.Results[n-1] != r {
			b.Results = append(b.Results, r)
		}
	}
}

// addPromise notes what left a promise open that no result of its own explains.
func (x *index) addPromise(m *evidence.MeasureResult, at func(string, evidence.Reason) *blank) {
	for _, why := range together(m.Reasons) {
		if why.Code != attestedBy && leavesOpen(m.Verdict) {
			b := at("promise", why)
			b.Promises = append(b.Promises, x.measureName(m.Promise))
		}
	}
	for _, c := range m.Checks {
		if c.Verdict != evidence.Unknown {
			continue
		}
		for _, why := range c.Reasons {
			b := at("promise", why)
			b.Promises = append(b.Promises, x.words.CheckTitle(x.check(c.Check)))
		}
	}
}

// together makes one reason of those for parts of a promise that nothing looks at.
func together(reasons []evidence.Reason) []evidence.Reason {
	const code = "scope_not_observed"
	var all []evidence.Reason
	var parts []string
	for _, r := range reasons {
		if r.Code == code {
			parts = append(parts, r.Args["scope"])
		} else {
			all = append(all, r)
		}
	}
	if len(parts) > 0 {
		all = append(all, evidence.Because(code, "scope", strings.Join(parts, ",")))
	}
	return all
}

// leavesOpen says whether reasons of a promise with verdict v are about what was not assessed. Those of an attested or a
// passing one are settled.
func leavesOpen(v evidence.Verdict) bool {
	switch v {
	case evidence.Pass, evidence.Attested, evidence.NotApplicable:
		return false
	}
	return true
}

func sortedBlanks(found map[string]*blank) []blank {
	var all []blank
	for _, key := range slices.Sorted(maps.Keys(found)) {
		b := found[key]
		slices.Sort(b.Promises)
		b.Promises = slices.Compact(b.Promises)
		slices.SortFunc(b.At, evidence.Position.Compare)
		b.At = slices.CompactFunc(b.At, func(p, q evidence.Position) bool { return p.Compare(q) == 0 })
		all = append(all, *b)
	}
	slices.SortStableFunc(all, func(a, b blank) int {
		return cmp.Or(boolRank(a.Gap)-boolRank(b.Gap), cmp.Compare(len(b.Results), len(a.Results)),
			cmp.Compare(len(b.Promises), len(a.Promises)), cmp.Compare(a.Why, b.Why))
	})
	return all
}

func boolRank(b bool) int {
	if b {
		return 1
	}
	return 0
}
