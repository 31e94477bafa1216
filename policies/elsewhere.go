package policies

import (
	"slices"

	"github.com/tomscan/tomscan/evidence"
)

// seeable returns those of the kinds that the run could have seen under p. What only hosts have is left out where nothing
// looked for it, and what only code and accounts have where the run looked at hosts alone: a promise is judged by what was
// looked at, and a scan of code does not become inconclusive because there are checks of servers. What was looked at with
// gaps stays, and so does everything where nothing was looked at.
func (j *judge) seeable(p *promise, kinds []evidence.Kind) []evidence.Kind {
	hosts, others := j.lookedAt(p)
	out := func(k evidence.Kind) bool {
		if j.lookedFor(p, k) {
			return false
		}
		if k.OfHosts() {
			return hosts || others
		}
		return hosts && !others
	}
	if !slices.ContainsFunc(kinds, out) {
		return kinds
	}
	return slices.DeleteFunc(slices.Clone(kinds), out)
}

// lookedAt says whether the run looked at hosts that p is about, and at anything else that it is about.
func (j *judge) lookedAt(p *promise) (hosts, others bool) {
	for _, s := range j.snapshot.Sweeps {
		if j.covers(p, s.Place) {
			hosts = hosts || s.Place.Host != ""
			others = others || s.Place.Host == ""
		}
	}
	return hosts, others
}

// lookedFor says whether a sweep that p is about looked for the kind.
func (j *judge) lookedFor(p *promise, k evidence.Kind) bool {
	return slices.ContainsFunc(j.snapshot.Sweeps, func(s evidence.Sweep) bool {
		return slices.Contains(s.Kinds, k) && j.covers(p, s.Place)
	})
}
