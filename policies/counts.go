package policies

import (
	"maps"
	"slices"

	"github.com/tomscan/tomscan/evidence"
)

// tally is a population: things by id, each with its worst verdict.
type tally map[string]thing

type thing struct {
	verdict     evidence.Verdict
	level       evidence.Level
	placeholder bool
}

// tally sorts results by the things that they are about. Not-applicable and attested subjects are no part of it.
func (j *judge) tally(results []*evidence.Result) tally {
	byThing := map[string][]*evidence.Result{}
	for _, r := range results {
		if r.Verdict != evidence.NotApplicable && r.Verdict != evidence.Attested {
			id := j.things.of(r.Fact)
			byThing[id] = append(byThing[id], r)
		}
	}
	t := tally{}
	for id, list := range byThing {
		t[id] = thingOf(list)
	}
	return t
}

// thingOf judges one thing by its results. Observations of one thing that disagree about one check are a conflict, but a
// fail that was seen live is a fail.
func thingOf(results []*evidence.Result) thing {
	if len(results) == 1 {
		return thing{verdict: results[0].Verdict, level: results[0].Level, placeholder: results[0].Placeholder}
	}
	byCheck := map[string][]said{}
	t := thing{}
	for _, r := range results {
		byCheck[r.Check] = append(byCheck[r.Check], said{verdict: r.Verdict, level: r.Level})
		t.placeholder = t.placeholder || r.Placeholder
	}
	var all []said
	for _, observations := range byCheck {
		all = append(all, disagreement(decisive(observations))...)
	}
	t.verdict, t.level = decide(all)
	return t
}

// decisive are the observations of one check on one thing without what code leaves open and a live observation decides: an
// unset variable says nothing against what was seen. What a live source did not tell stays open whatever the code says.
func decisive(observations []said) []said {
	seen := slices.ContainsFunc(observations, func(s said) bool { return isLive(s.level) && s.verdict != evidence.Unknown })
	if !seen {
		return observations
	}
	return slices.DeleteFunc(slices.Clone(observations), func(s said) bool { return !isLive(s.level) && s.verdict == evidence.Unknown })
}

// disagreement turns a pass and a fail of one check on one thing into a conflict, unless a live observation fails.
func disagreement(observations []said) []said {
	passes := slices.ContainsFunc(observations, func(s said) bool { return s.verdict == evidence.Pass })
	live := slices.ContainsFunc(observations, func(s said) bool { return s.verdict == evidence.Fail && isLive(s.level) })
	if !passes || live {
		return observations
	}
	resolved := slices.Clone(observations)
	for i := range resolved {
		if resolved[i].verdict == evidence.Fail {
			resolved[i].verdict = evidence.Conflict
		}
	}
	return resolved
}

// isLive says whether a level is of something that runs, not of code.
func isLive(l evidence.Level) bool {
	return l == evidence.LevelImplementation || l == evidence.LevelOperation
}

// ids are sorted.
func (t tally) ids() []string { return slices.Sorted(maps.Keys(t)) }

// merge adds the things of other, each with the worse of its verdicts.
func (t tally) merge(other tally) {
	for id, o := range other {
		mine, ok := t[id]
		if ok {
			o.verdict, o.level = decide([]said{{mine.verdict, mine.level}, {o.verdict, o.level}})
			o.placeholder = o.placeholder || mine.placeholder
		}
		t[id] = o
	}
}

// counts is the population by verdict; a conflict counts as a fail.
func (t tally) counts() evidence.Counts {
	c := evidence.Counts{Population: len(t)}
	for _, th := range t {
		switch th.verdict {
		case evidence.Pass:
			c.Pass++
		case evidence.Fail, evidence.Conflict:
			c.Fail++
		case evidence.Waived:
			c.Waived++
		default:
			c.Unknown++
		}
		if th.placeholder {
			c.Placeholders++
		}
	}
	return c
}

// countCheck counts what one check looked at, and says what it could not see.
func (j *judge) countCheck(p *promise, a *applied) (evidence.CheckCount, []part) {
	things := j.tally(a.results)
	count := evidence.CheckCount{Check: a.check.ID, Counts: things.counts()}
	var all []said
	for _, id := range things.ids() {
		all = append(all, said{verdict: things[id].verdict})
	}
	for _, r := range a.results {
		if r.Verdict == evidence.Attested || r.Verdict == evidence.NotApplicable {
			all = append(all, said{verdict: r.Verdict})
		}
	}
	open := j.unseen(p, a)
	for _, o := range open {
		all = append(all, said{verdict: evidence.Unknown})
		count.Reasons = append(count.Reasons, o.reason)
	}
	if len(all) == 0 {
		all = append(all, said{verdict: evidence.NotApplicable})
		count.Reasons = []evidence.Reason{evidence.Because("no_such_thing", "kind", string(a.kinds[0]))}
	}
	count.Verdict, _ = decide(all)
	return count, open
}

// unseen is what may be missing from the facts that a check looked at. A check that something exists accounts for gaps
// itself, subject by subject.
func (j *judge) unseen(p *promise, a *applied) []part {
	s := j.surveyOf(p, a)
	if a.check.Over == overPopulation && s.looked {
		return nil
	}
	open := make([]part, 0, len(s.gaps))
	for _, g := range s.gaps {
		open = append(open, part{reason: g, signable: !s.looked})
	}
	return open
}

// surveyOf is how well the places of a promise were looked at for a check's kinds.
func (j *judge) surveyOf(p *promise, a *applied) survey {
	return j.survey(a.kinds, func(s *evidence.Sweep) bool { return j.covers(p, s.Place) })
}

// unobservable says whether a result is unknown for the one reason that the machine cannot see it: where it stands, and whether another
// backs up its databases.
func unobservable(r *evidence.Result) bool {
	return r.Verdict == evidence.Unknown && len(r.Reasons) > 0 && !slices.ContainsFunc(r.Reasons, func(why evidence.Reason) bool {
		return why.Code != "location_not_observable" && why.Code != "database_backup_not_seen"
	})
}

// attest turns into attested what is unknown only because the scanned code declares nothing of the sort, or because no machine
// can see it, where a person has signed that it is so.
func (j *judge) attest() {
	for _, p := range j.promises {
		signed := j.attestation(p.Measure)
		for _, r := range p.results {
			if signed != nil && (p.absent[r] || unobservable(r)) {
				r.Verdict, r.Level = evidence.Attested, evidence.LevelAttested
				r.Reasons = sortReasons(append(r.Reasons, attested(signed)))
			}
		}
	}
}
