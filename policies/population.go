package policies

import (
	"context"
	"maps"
	"path"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/tomscan/tomscan/evidence"
)

// population is what a check over a population judges at once: the facts of its kinds in one account, on one host, or in
// one root module and environment.
type population struct {
	id    string
	place evidence.Place
	facts []*evidence.Fact
	survey
}

// population judges every subject of a check over populations.
func (j *judge) population(ctx context.Context, p *promise, a *applied) error {
	for _, pop := range j.populations(p, a.kinds) {
		r, err := j.judgePopulation(ctx, p, a.policy, pop)
		if err != nil {
			return err
		}
		a.results = append(a.results, r)
	}
	return nil
}

// populations finds the subjects: every place in which a sweep looked for the kinds, or that has facts of them.
func (j *judge) populations(p *promise, kinds []evidence.Kind) []*population {
	byID := map[string]*population{}
	at := func(id string, place evidence.Place) *population {
		if byID[id] == nil {
			byID[id] = &population{id: id, place: place}
		}
		return byID[id]
	}
	for i := range j.snapshot.Sweeps {
		s := &j.snapshot.Sweeps[i]
		looks := slices.ContainsFunc(kinds, func(k evidence.Kind) bool { return slices.Contains(s.Kinds, k) })
		if looks && j.covers(p, s.Place) {
			at(j.subjects.ofSweep[s], s.Place)
		}
	}
	for _, f := range j.factsOf(p, kinds) {
		pop := at(j.subjects.ofFact[f], f.Source.Place)
		pop.facts = append(pop.facts, f)
	}
	list := make([]*population, 0, len(byID))
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		byID[id].survey = j.survey(kinds, func(s *evidence.Sweep) bool { return j.subjects.ofSweep[s] == id })
		list = append(list, byID[id])
	}
	return list
}

// judgePopulation asks the policy, and holds back what an absence cannot show: an incomplete survey never passes a check
// over all things, and never fails a check that something exists; what is absent from code is not absent.
func (j *judge) judgePopulation(ctx context.Context, p *promise, by *policy, pop *population) (*evidence.Result, error) {
	r := &evidence.Result{
		ID: resultID(by.check.ID, pop.id, p.ID), Check: by.check.ID, Measure: p.Measure, Promise: p.ID, Fact: pop.id,
		Verdict: evidence.Unknown, Level: pop.level, Severity: by.check.Severity, Reasons: []evidence.Reason{},
		At: j.doorstep(pop),
	}
	if len(pop.facts) == 0 {
		p.absent[r] = j.none(r, by, pop)
		return r, nil
	}
	o, err := j.askPopulation(ctx, p, by, pop)
	if err != nil {
		return nil, &EngineError{Check: r.Check, Subject: r.Fact, Err: err}
	}
	shown := levelOf(pop.facts)
	r.Level = evidence.Lowest(r.Level, shown)
	verdict, ok := o.verdict()
	switch {
	case !ok:
		return nil, &EngineError{Check: r.Check, Subject: r.Fact, Err: errBoth}
	case verdict == evidence.Pass && (by.existence || len(pop.gaps) == 0):
		r.Verdict, r.At = evidence.Pass, nil
		if by.existence { // what exists shows it, and not how well the rest was looked through
			r.Level = shown
		}
	case verdict == evidence.Fail:
		p.failPopulation(r, by, pop, o.fail)
	default:
		p.openPopulation(r, by, pop)
	}
	return r, nil
}

// levelOf is the lowest level of the facts.
func levelOf(facts []*evidence.Fact) evidence.Level {
	levels := make([]evidence.Level, 0, len(facts))
	for _, f := range facts {
		levels = append(levels, f.Source.Level)
	}
	return evidence.Lowest(levels...)
}

// none judges a population without anything in it: it never passes. It says whether the one reason is that there is nothing
// of the sort in code, or on a host for which another may have it.
func (j *judge) none(r *evidence.Result, by *policy, pop *population) bool {
	kind := string(by.check.Kinds[0])
	needless, unseen := j.needless(by, pop)
	switch {
	case needless:
		r.Verdict, r.At = evidence.NotApplicable, nil
		r.Reasons = []evidence.Reason{evidence.Because("no_such_thing", "kind", string(absentKind(by, pop)))}
	case len(pop.gaps) > 0:
		r.Reasons = pop.gaps
	case len(unseen) > 0:
		r.Reasons = unseen
	case !by.existence:
		r.Verdict, r.At = evidence.NotApplicable, nil
		r.Reasons = []evidence.Reason{evidence.Because("no_such_thing", "kind", kind)}
	case isLive(pop.level) && by.elsewhere && pop.place.Host != "":
		r.Reasons = []evidence.Reason{evidence.Because("none_found", "kind", kind)}
		return true
	case isLive(pop.level):
		r.Verdict = evidence.Fail
		r.Reasons = []evidence.Reason{evidence.Because("none_found", "kind", kind)}
	default:
		r.Reasons = []evidence.Reason{evidence.Because("none_declared", "kind", kind)}
		return true
	}
	return false
}

// needless says whether nothing has to exist in the subject, because it has none of the things beside which the policy wants
// it; or else, where none was seen, why there may be some.
func (j *judge) needless(by *policy, pop *population) (bool, []evidence.Reason) {
	if len(by.beside) == 0 {
		return false, nil
	}
	beside := besideOf(by, pop)
	for _, k := range beside {
		if slices.ContainsFunc(j.byKind[k], func(f *evidence.Fact) bool { return j.subjects.ofFact[f] == pop.id }) {
			return false, nil
		}
	}
	unseen := j.survey(beside, func(s *evidence.Sweep) bool { return j.subjects.ofSweep[s] == pop.id }).gaps
	return len(unseen) == 0, unseen
}

// besideOf are the kinds beside which something has to exist on a host, or in code or an account: a host always has a volume,
// and an account never has a daemon.
func besideOf(by *policy, pop *population) []evidence.Kind {
	return slices.DeleteFunc(slices.Clone(by.beside), func(k evidence.Kind) bool { return k.OfHosts() != (pop.place.Host != "") })
}

// absentKind is the kind whose absence makes a check needless.
func absentKind(by *policy, pop *population) evidence.Kind {
	return append(besideOf(by, pop), by.check.Kinds...)[0]
}

// failPopulation says which facts are to blame. A check that something exists fails by an absence only where everything
// was looked at in a live source.
func (p *promise) failPopulation(r *evidence.Result, by *policy, pop *population, fails []map[string]any) {
	var at []evidence.Position
	shown := !by.existence || len(pop.gaps) == 0 && isLive(pop.level)
	for _, fail := range fails {
		reason := p.failReason(fail)
		r.Reasons = append(r.Reasons, reason)
		for _, f := range blamed(fail, pop.facts) {
			r.Blames = append(r.Blames, f.ID)
			at = append(at, positions(f.Settings[reason.Args["setting"]].At, f.At)...)
			shown = shown || len(pop.gaps) == 0
		}
	}
	if shown {
		r.Verdict = evidence.Fail
	} else {
		r.Reasons = append(r.Reasons, pop.gaps...)
		p.absent[r] = len(pop.gaps) == 0
	}
	slices.Sort(r.Blames)
	r.Blames = slices.Compact(r.Blames)
	r.Reasons = sortReasons(r.Reasons)
	r.At = positions(at, r.At)
}

// blamed returns the facts that an object of a fail rule names.
func blamed(fail map[string]any, facts []*evidence.Fact) []*evidence.Fact {
	ids, _ := fail["facts"].([]any)
	var named []*evidence.Fact
	for _, f := range facts {
		if slices.ContainsFunc(ids, func(id any) bool { return id == f.ID }) {
			named = append(named, f)
		}
	}
	return named
}

// openPopulation says what keeps the policy from deciding: gaps of the sweeps, settings that are not known, parameters
// without a value, declarations of an unknown number of things.
func (p *promise) openPopulation(r *evidence.Result, by *policy, pop *population) {
	r.Reasons = slices.Clone(pop.gaps)
	var at []evidence.Position
	for _, f := range pop.facts {
		for _, name := range by.check.Reads {
			for _, why := range openReasons(name, f.Settings[name]) {
				why.Args["fact"] = f.ID
				r.Reasons = append(r.Reasons, why)
				at = append(at, positions(f.Settings[name].At, f.At)...)
			}
		}
		if by.existence && f.Placeholder {
			r.Reasons = append(r.Reasons, evidence.Because("number_unknown", "fact", f.ID))
			at = append(at, f.At...)
		}
	}
	if len(r.Reasons) == 0 {
		r.Reasons = p.absentReasons(by)
	}
	r.Reasons = sortReasons(r.Reasons)
	r.At = positions(at, r.At)
}

// askPopulation evaluates the policy. A declaration of an unknown number of things may stand for none: what must exist
// is not shown by it, so such a check passes by the others alone.
func (j *judge) askPopulation(ctx context.Context, p *promise, by *policy, pop *population) (outcome, error) {
	q, err := j.engine.query(ctx, []*policy{by})
	if err != nil {
		return outcome{}, err
	}
	all, err := q.eval(ctx, j.populationInput(p, by, pop, pop.facts))
	if err != nil {
		return outcome{}, err
	}
	solid := slices.DeleteFunc(slices.Clone(pop.facts), func(f *evidence.Fact) bool { return f.Placeholder })
	if !by.existence || !all[0].pass || len(solid) == len(pop.facts) {
		return all[0], nil
	}
	some, err := q.eval(ctx, j.populationInput(p, by, pop, solid))
	if err != nil {
		return outcome{}, err
	}
	all[0].pass = some[0].pass
	return all[0], nil
}

func (j *judge) populationInput(p *promise, by *policy, pop *population, facts []*evidence.Fact) ast.Value {
	return populationValue(facts, by.check.Reads, pop.gaps, j.frame(pop), p.Wants)
}

// populationValue is the input of a check over a population.
func populationValue(facts []*evidence.Fact, reads []string, gaps []evidence.Reason, frame ast.Value, wants map[string]any) ast.Value {
	terms := make([]*ast.Term, 0, len(facts))
	for _, f := range facts {
		terms = append(terms, ast.ObjectTerm(
			ast.Item(ast.InternedTerm("id"), ast.StringTerm(f.ID)),
			ast.Item(ast.InternedTerm(groupSettings), ast.NewTerm(settingsValue(f, reads))),
			ast.Item(ast.InternedTerm("placeholder"), ast.BooleanTerm(f.Placeholder)),
		))
	}
	return ast.NewObject(
		ast.Item(ast.InternedTerm("facts"), ast.ArrayTerm(terms...)),
		ast.Item(ast.InternedTerm("complete"), ast.BooleanTerm(len(gaps) == 0)),
		ast.Item(ast.InternedTerm("incomplete_why"), ast.NewTerm(codes(gaps))),
		ast.Item(ast.InternedTerm("frame"), ast.NewTerm(frame)),
		ast.Item(ast.InternedTerm(groupWant), ast.NewTerm(mapValue(wants))),
	)
}

// frame is what else is known of the subject: its account, its environment, and the regions in which anything is used.
// These are complete when nothing may be missing and every region is known.
func (j *judge) frame(pop *population) ast.Value {
	accounts := []string{}
	if pop.place.Account != "" {
		accounts = append(accounts, pop.place.Account)
	}
	regions, complete := j.subjects.used(pop.id)
	return mapValue(map[string]any{
		"accounts": accounts, "environment": j.environmentOf(pop.place), "regions_used": regions, "regions_complete": complete,
	})
}

// doorstep is a place to show for what is absent: the first file of a root module of the subject.
func (j *judge) doorstep(pop *population) []evidence.Position {
	for i := range j.snapshot.Sweeps {
		s := &j.snapshot.Sweeps[i]
		if j.subjects.ofSweep[s] != pop.id {
			continue
		}
		if file := j.mainFile(s.Place.Root); file != "" {
			return []evidence.Position{{File: file}}
		}
	}
	return nil
}

// mainFile is main.tf of a root module, or else its first file that was read.
func (j *judge) mainFile(root string) string {
	first := ""
	for _, in := range j.snapshot.Inputs {
		if path.Dir(in.Path) != path.Clean(root) {
			continue
		}
		if path.Base(in.Path) == "main.tf" {
			return in.Path
		}
		if first == "" {
			first = in.Path
		}
	}
	return first
}
