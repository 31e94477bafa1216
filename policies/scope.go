package policies

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/tomscan/tomscan/evidence"
)

// Environment names the roots, as slash paths, the accounts and the hosts that belong to it. In the name of a host * stands for
// any run of characters.
type Environment struct {
	Name     string
	Roots    []string
	Accounts []string
	Hosts    []string
}

// holds says whether the place belongs to the environment by its declaration.
func (e Environment) holds(p evidence.Place) bool {
	if p.Host != "" && slices.ContainsFunc(e.Hosts, func(pattern string) bool { return glob(pattern, p.Host) }) {
		return true
	}
	return p.Account != "" && slices.Contains(e.Accounts, p.Account) || p.Root != "" && slices.Contains(e.Roots, p.Root)
}

// scope drops what the configuration excludes and sorts the rest by kind.
func (j *judge) scope() error {
	facts := make([]*evidence.Fact, 0, len(j.snapshot.Facts))
	for i := range j.snapshot.Facts {
		facts = append(facts, &j.snapshot.Facts[i])
	}
	for _, e := range j.options.Exclusions {
		ids, err := j.exclude(e, facts)
		if err != nil {
			return err
		}
		e.Count = len(ids)
		j.exclusions = append(j.exclusions, e)
		facts = slices.DeleteFunc(facts, func(f *evidence.Fact) bool { return ids[f.ID] })
	}
	j.facts, j.byKind = facts, map[evidence.Kind][]*evidence.Fact{}
	for _, f := range facts {
		j.byKind[f.Kind] = append(j.byKind[f.Kind], f)
	}
	j.things, j.subjects = pairUp(facts), newSubjects(facts, j.snapshot.Sweeps)
	j.things.uniteAccounts(j.subjects)
	return nil
}

// exclude returns the ids of the facts that an exclusion names.
func (j *judge) exclude(e evidence.Exclusion, facts []*evidence.Fact) (map[string]bool, error) {
	targets := make([]target, 0, len(facts))
	for _, f := range facts {
		targets = append(targets, targetOf(f, nil))
	}
	m := match(e.Facts, targets)
	if len(m.candidates) > 1 {
		return nil, &AmbiguousError{What: "the exclusion", Given: e.Facts, Candidates: m.candidates}
	}
	if len(m.ids) == 0 {
		j.warn(nil, evidence.Because("exclusion_matches_nothing", "facts", e.Facts))
	}
	return m.ids, nil
}

// warn adds a warning about something that stands at a position, if it has one.
func (j *judge) warn(at *evidence.Position, why evidence.Reason) {
	if at != nil && at.File == "" {
		at = nil
	}
	j.warnings = append(j.warnings, evidence.Warning{Reason: why, At: at})
}

// environmentOf is the environment that a place declares, or that the configuration puts it into, empty when nobody
// says.
func (j *judge) environmentOf(p evidence.Place) string {
	if p.Environment != "" {
		return p.Environment
	}
	for _, e := range j.options.Environments {
		if e.holds(p) {
			return e.Name
		}
	}
	return ""
}

// covers says whether the promise is about this place: it names no environments, or the place's, or nobody has said
// which environment the place is.
func (j *judge) covers(p *promise, place evidence.Place) bool {
	environment := j.environmentOf(place)
	return len(p.Environments) == 0 || environment == "" || slices.Contains(p.Environments, environment)
}

// factsOf returns the facts of these kinds that the promise is about, sorted by id.
func (j *judge) factsOf(p *promise, kinds []evidence.Kind) []*evidence.Fact {
	var facts []*evidence.Fact
	for _, k := range kinds {
		for _, f := range j.byKind[k] {
			if j.covers(p, f.Source.Place) {
				facts = append(facts, f)
			}
		}
	}
	if len(kinds) > 1 {
		slices.SortFunc(facts, func(a, b *evidence.Fact) int { return cmp.Compare(a.ID, b.ID) })
	}
	return facts
}

// survey is how well some places were looked at for some kinds.
type survey struct {
	looked bool // some sweep looked for them
	gaps   []evidence.Reason
	level  evidence.Level
}

// survey collects what the sweeps may have missed of these kinds where in accepts the sweep.
func (j *judge) survey(kinds []evidence.Kind, in func(*evidence.Sweep) bool) survey {
	var s survey
	var levels []evidence.Level
	for _, k := range kinds {
		looked := false
		for i := range j.snapshot.Sweeps {
			sweep := &j.snapshot.Sweeps[i]
			if !in(sweep) || !slices.Contains(sweep.Kinds, k) {
				continue
			}
			looked = true
			levels = append(levels, sweep.Level)
			for _, g := range sweep.Missing(k) {
				s.gaps = append(s.gaps, g.Reason)
			}
		}
		if s.looked = s.looked || looked; !looked {
			s.gaps = append(s.gaps, evidence.Because("kind_not_collected", "kind", string(k)))
		}
	}
	s.gaps = shortened(sortReasons(s.gaps))
	s.level = evidence.Lowest(levels...)
	return s
}

// shownGaps is how many gaps a result repeats; the sweeps hold them all.
const shownGaps = 20

// shortened returns the first gaps and how many more there are.
func shortened(gaps []evidence.Reason) []evidence.Reason {
	if len(gaps) <= shownGaps {
		return gaps
	}
	more := evidence.Because("more_gaps", "count", strconv.Itoa(len(gaps)-shownGaps))
	return append(gaps[:shownGaps:shownGaps], more)
}
