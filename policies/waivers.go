package policies

import (
	"slices"
	"strconv"

	"github.com/tomscan/tomscan/evidence"
)

// waive turns failing results into waived ones, by the annex' waivers and by the accepts beside the code. An unknown
// result is never waived, and one whose waiver has expired fails again.
func (j *judge) waive() error {
	j.annex.Waivers = append(j.annex.Waivers, j.accepts()...)
	for i := range j.annex.Waivers {
		w := &j.annex.Waivers[i]
		if expires, err := ParseDate(w.Expires); err == nil {
			w.Expired = Expired(expires, j.options.At)
		}
		if err := j.waiveBy(w); err != nil {
			return err
		}
	}
	for i := range j.annex.Attestations {
		a := &j.annex.Attestations[i]
		if expires, err := ParseDate(a.Expires); err == nil {
			a.Expired = Expired(expires, j.options.At)
		}
	}
	return nil
}

// accepts are the inline accepts that keep the rules of waivers; a warning names each of the others, and what it would
// accept keeps failing.
func (j *judge) accepts() []evidence.Waiver {
	var good []evidence.Waiver
	for _, w := range j.snapshot.Accepts {
		w.Inline = true
		if problem := WaiverProblem(w, j.options.At); problem != "" {
			j.warn(&w.At, evidence.Because("accept_unusable", "check", w.Check, "fact", w.Fact, "problem", problem))
			continue
		}
		good = append(good, w)
	}
	return j.spoken(good)
}

// spoken drops the accepts that name nothing where the same comment names something: beside the call of a module, a
// comment is one accept for each fact inside, and most are of other kinds than its check's.
func (j *judge) spoken(accepts []evidence.Waiver) []evidence.Waiver {
	type comment struct {
		at    evidence.Position
		check string
	}
	named := map[comment]bool{}
	names := func(w evidence.Waiver) bool { return len(match(w.Fact, j.targets(j.resultsOf(w.Check))).ids) > 0 }
	for _, w := range accepts {
		if c := (comment{w.At, w.Check}); !named[c] {
			named[c] = names(w)
		}
	}
	return slices.DeleteFunc(accepts, func(w evidence.Waiver) bool { return named[comment{w.At, w.Check}] && !names(w) })
}

// waiveBy applies one waiver.
func (j *judge) waiveBy(w *evidence.Waiver) error {
	results := j.resultsOf(w.Check)
	m := match(w.Fact, j.targets(results))
	if len(m.candidates) > 1 {
		return &AmbiguousError{What: "the waiver of " + w.Check, Given: w.Fact, At: w.At, Candidates: m.candidates}
	}
	covered := slices.DeleteFunc(slices.Clone(results), func(r *evidence.Result) bool { return !covers(m.ids, r) })
	failing := slices.DeleteFunc(slices.Clone(covered), func(r *evidence.Result) bool { return r.Verdict != evidence.Fail })
	switch {
	case len(covered) == 0:
		j.warn(&w.At, evidence.Because("waiver_matches_nothing", "check", w.Check, "fact", w.Fact))
	case len(failing) == 0 && !slices.ContainsFunc(covered, isWaived):
		j.warn(&w.At, evidence.Because("waiver_without_fail", "check", w.Check, "fact", w.Fact, "verdict", string(covered[0].Verdict)))
	case w.Expired:
		j.warn(&w.At, evidence.Because("waiver_expired", "check", w.Check, "fact", w.Fact, "expires", w.Expires, "results", strconv.Itoa(len(failing))))
	default:
		shown := *w
		for _, r := range failing {
			r.Verdict, r.Waiver = evidence.Waived, &shown
			w.Matched = append(w.Matched, r.ID)
		}
	}
	if m.former && len(covered) > 0 {
		j.warn(&w.At, evidence.Because("waiver_by_moved_address", "check", w.Check, "fact", w.Fact, "now", covered[0].Fact))
	}
	slices.Sort(w.Matched)
	return nil
}

// resultsOf lists the results of one check that count.
func (j *judge) resultsOf(check string) []*evidence.Result {
	var results []*evidence.Result
	for _, p := range j.promises {
		for _, r := range p.results {
			if r.Check == check {
				results = append(results, r)
			}
		}
	}
	return results
}

// targets lists what the results are about: facts, subjects of populations, and the facts that those blame.
func (j *judge) targets(results []*evidence.Result) []target {
	named := map[string]bool{}
	for _, r := range results {
		named[r.Fact] = true
		for _, id := range r.Blames {
			named[id] = true
		}
	}
	var targets []target
	for _, f := range j.facts {
		if named[f.ID] {
			delete(named, f.ID)
			targets = append(targets, targetOf(f, j.snapshot.Moved))
		}
	}
	for id := range named { // the order does not matter: match returns sets
		targets = append(targets, target{id: id, names: []string{withoutCollector(id)}})
	}
	return targets
}

// covers says whether the ids cover a result: its fact, or every fact that it blames.
func covers(ids map[string]bool, r *evidence.Result) bool {
	if ids[r.Fact] {
		return true
	}
	return len(r.Blames) > 0 && !slices.ContainsFunc(r.Blames, func(id string) bool { return !ids[id] })
}

func isWaived(r *evidence.Result) bool { return r.Verdict == evidence.Waived }
