package policies

import (
	"cmp"
	"slices"

	"github.com/tomscan/tomscan/evidence"
)

// levels is what code alone and live observations alone say of a promise; nothing where only one of them speaks.
func (j *judge) levels(p *promise) []evidence.LevelResult {
	var both []evidence.LevelResult
	for _, live := range []bool{false, true} {
		if r, ok := j.levelResult(p, live); ok {
			both = append(both, r)
		}
	}
	if len(both) < 2 {
		return nil
	}
	return both
}

// levelResult judges the results of one sort. What its sweeps may have missed keeps it from passing.
func (j *judge) levelResult(p *promise, live bool) (evidence.LevelResult, bool) {
	r := evidence.LevelResult{Level: evidence.LevelDesign}
	if live {
		r.Level = evidence.LevelImplementation
	}
	own := slices.DeleteFunc(slices.Clone(p.results), func(r *evidence.Result) bool { return isLive(r.Level) != live })
	things := j.tally(own)
	var all []said
	for _, id := range things.ids() {
		all = append(all, said{verdict: things[id].verdict})
	}
	looked := false
	for _, a := range p.checks {
		if !a.counts(p) {
			continue
		}
		s := j.survey(a.kinds, func(s *evidence.Sweep) bool { return isLive(s.Level) == live && j.covers(p, s.Place) })
		looked = looked || s.looked
		if len(s.gaps) > 0 && (a.check.Over != overPopulation || !s.looked) {
			all = append(all, said{verdict: evidence.Unknown})
		}
	}
	if len(all) == 0 {
		all = append(all, said{verdict: evidence.NotApplicable})
	}
	r.Verdict, _ = decide(all)
	r.Counts = things.counts()
	return r, looked
}

// disagreements lists the checks that pass by one observation of a thing and fail by another, with both.
func (j *judge) disagreements(p *promise) []evidence.Disagreement {
	type subject struct{ check, thing string }
	by := map[subject][]*evidence.Result{}
	for _, r := range p.results {
		key := subject{r.Check, j.things.of(r.Fact)}
		by[key] = append(by[key], r)
	}
	var all []evidence.Disagreement
	for key, results := range by {
		is := func(v evidence.Verdict) bool {
			return slices.ContainsFunc(results, func(r *evidence.Result) bool { return r.Verdict == v })
		}
		if !is(evidence.Pass) || !is(evidence.Fail) && !is(evidence.Waived) {
			continue
		}
		d := evidence.Disagreement{Check: key.check}
		for _, r := range results {
			if r.Verdict == evidence.Pass || r.Verdict == evidence.Fail || r.Verdict == evidence.Waived {
				d.Results = append(d.Results, r.ID)
			}
		}
		slices.Sort(d.Results)
		all = append(all, d)
	}
	slices.SortFunc(all, func(a, b evidence.Disagreement) int {
		return cmp.Or(cmp.Compare(a.Check, b.Check), slices.Compare(a.Results, b.Results))
	})
	return all
}
