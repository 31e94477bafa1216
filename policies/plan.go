package policies

import (
	"context"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/tomscan/tomscan/evidence"
)

// plan finds the policies of every promise and compiles those that are needed.
func (j *judge) plan(ctx context.Context) error {
	j.collectPromises()
	var needed []*policy
	for _, p := range j.set.policies {
		if j.needs(p) {
			needed = append(needed, p)
		}
	}
	engine, err := j.set.newEngine(needed)
	if err != nil {
		return err
	}
	j.engine = engine
	for _, p := range j.promises {
		if err := j.apply(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// collectPromises brings together the promises with one id, in the order of the annex.
func (j *judge) collectPromises() {
	byID := map[string]*promise{}
	for _, c := range j.annex.Clauses {
		for _, given := range c.Promises {
			p, ok := byID[given.ID]
			if !ok {
				p = &promise{Promise: given, absent: map[*evidence.Result]bool{}}
				byID[given.ID] = p
				j.promises = append(j.promises, p)
			}
			if !slices.Contains(p.clauses, c.ID) {
				p.clauses = append(p.clauses, c.ID)
			}
			p.promised(given)
		}
	}
}

// promised notes parameters that another clause promises explicitly, though their values are the same.
func (p *promise) promised(other evidence.Promise) {
	for i, q := range p.Parameters {
		for _, o := range other.Parameters {
			if o.Name == q.Name && o.Promised && !q.Promised {
				p.Parameters = slices.Clone(p.Parameters)
				p.Parameters[i].Promised = true
			}
		}
	}
}

// needs says whether the policy has anything to say in this run.
func (j *judge) needs(p *policy) bool {
	if !slices.ContainsFunc(j.promises, func(q *promise) bool { return q.Measure == p.check.Measure }) {
		return false
	}
	return p.applies || slices.ContainsFunc(p.check.Kinds, func(k evidence.Kind) bool { return len(j.byKind[k]) > 0 })
}

// apply finds the policies of one promise.
func (j *judge) apply(ctx context.Context, p *promise) error {
	var ask []*policy
	for _, candidate := range j.set.policies {
		if candidate.check.Measure != p.Measure {
			continue
		}
		seeable := j.seeable(p, candidate.check.Kinds)
		if len(seeable) == 0 {
			continue
		}
		p.checks = append(p.checks, &applied{
			policy: candidate, belongs: !candidate.applies, inScope: p.inScope(candidate.check), kinds: j.kindsFor(p, candidate, seeable),
		})
		if candidate.applies {
			ask = append(ask, candidate)
		}
	}
	if len(ask) == 0 {
		return nil
	}
	input := ast.NewObject(ast.Item(ast.InternedTerm("want"), ast.NewTerm(mapValue(p.Wants))))
	outcomes, err := j.engine.applies(ctx, ask, input)
	if err != nil {
		return &EngineError{Check: ask[0].check.ID, Subject: p.ID, Err: err}
	}
	for _, a := range p.checks {
		if i := slices.Index(ask, a.policy); i >= 0 {
			a.belongs = outcomes[i].applies
		}
	}
	return nil
}

// inScope says whether the promise names one of the check's scope words. Checks and measures without such words are
// always in scope.
func (p *promise) inScope(c evidence.Check) bool {
	return len(c.Scope) == 0 || len(p.Scope) == 0 || slices.ContainsFunc(c.Scope, func(word string) bool {
		return slices.Contains(p.Scope, word)
	})
}
