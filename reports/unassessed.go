package reports

import (
	"cmp"
	"maps"
	"slices"

	"github.com/tomscan/tomscan/evidence"
)

// blank is one reason why something was not assessed, with everything that it left open.
type blank struct {
	why      string // the reason in words, without the setting
	decide   string // what would settle it
	results  []*evidence.Result
	promises []string // promises that it left wholly open, by name
	at       []evidence.Position
	hides    []evidence.Kind // of a gap of a sweep: what it may hide
	gap      bool
}

// blanks returns why things were not assessed: results first, the most frequent reason first; then promises without
// evidence; then what could not be read.
func (x *index) blanks() []blank {
	found := map[string]*blank{}
	at := func(class string, r evidence.Reason) *blank {
		b := x.newBlank(r)
		key := class + b.why
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
			b.gap, b.hides = true, g.Kinds
			b.at = append(b.at, g.At...)
		}
	}
	return sortedBlanks(found)
}

func (x *index) newBlank(r evidence.Reason) blank {
	args := maps.Clone(r.Args)
	delete(args, "setting")
	r.Args = args
	return blank{why: x.words.Reason(r), decide: x.words.Decide(r)}
}

func (x *index) addResult(r *evidence.Result, at func(string, evidence.Reason) *blank) {
	reasons := r.Reasons
	if len(reasons) == 0 {
		reasons = []evidence.Reason{evidence.Because("not_read")}
	}
	for _, why := range reasons {
		b := at("result", why)
		if n := len(b.results); n == 0 || b.results[n-1] != r {
			b.results = append(b.results, r)
		}
	}
}

// addPromise notes what left a promise open that no result of its own explains.
func (x *index) addPromise(m *evidence.MeasureResult, at func(string, evidence.Reason) *blank) {
	if m.Verdict == evidence.Unknown {
		for _, why := range m.Reasons {
			b := at("promise", why)
			b.promises = append(b.promises, x.measureName(m.Promise))
		}
	}
	for _, c := range m.Checks {
		if c.Verdict != evidence.Unknown {
			continue
		}
		for _, why := range c.Reasons {
			b := at("promise", why)
			b.promises = append(b.promises, x.words.CheckTitle(x.check(c.Check)))
		}
	}
}

func sortedBlanks(found map[string]*blank) []blank {
	var all []blank
	for _, key := range slices.Sorted(maps.Keys(found)) {
		b := found[key]
		slices.Sort(b.promises)
		b.promises = slices.Compact(b.promises)
		slices.SortFunc(b.at, evidence.Position.Compare)
		b.at = slices.CompactFunc(b.at, func(p, q evidence.Position) bool { return p.Compare(q) == 0 })
		all = append(all, *b)
	}
	slices.SortStableFunc(all, func(a, b blank) int {
		return cmp.Or(boolRank(a.gap)-boolRank(b.gap), cmp.Compare(len(b.results), len(a.results)),
			cmp.Compare(len(b.promises), len(a.promises)), cmp.Compare(a.why, b.why))
	})
	return all
}

func boolRank(b bool) int {
	if b {
		return 1
	}
	return 0
}
