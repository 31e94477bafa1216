package policies

import (
	"context"
	"maps"
	"runtime"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"golang.org/x/sync/errgroup"

	"github.com/tomscan/tomscan/evidence"
)

// unit is the policies of one promise over facts of one kind, and what they said. Facts in which all settings that the
// policies read are equal share one evaluation: policies are pure functions of settings and wants.
type unit struct {
	promise  *promise
	checks   []*applied
	query    *query
	reads    []string
	want     ast.Value
	facts    []*evidence.Fact
	share    []int // for each fact, its evaluation
	sample   []int // for each evaluation, the first of its facts
	outcomes [][]outcome
}

// evaluate judges every fact and every population, and makes results of it.
func (j *judge) evaluate(ctx context.Context) error {
	for _, p := range j.promises {
		units, err := j.units(ctx, p)
		if err != nil {
			return err
		}
		for _, u := range units {
			if err := u.run(ctx); err != nil {
				return err
			}
			if err := u.results(); err != nil {
				return err
			}
		}
		for _, a := range p.checks {
			if a.check.Over == overPopulation && a.belongs {
				if err := j.population(ctx, p, a); err != nil {
					return err
				}
			}
		}
		p.collect()
	}
	return nil
}

// collect gathers the results that count for the promise.
func (p *promise) collect() {
	for _, a := range p.checks {
		if a.counts(p) {
			p.results = append(p.results, a.results...)
		}
	}
}

// units sorts the promise's policies over facts by kind.
func (j *judge) units(ctx context.Context, p *promise) ([]*unit, error) {
	byKind := map[evidence.Kind][]*applied{}
	for _, a := range p.checks {
		if a.check.Over != overFact || !a.belongs {
			continue
		}
		for _, k := range a.kinds {
			byKind[k] = append(byKind[k], a)
		}
	}
	var units []*unit
	for _, k := range evidence.Kinds() {
		facts := j.factsOf(p, []evidence.Kind{k})
		if len(byKind[k]) == 0 || len(facts) == 0 {
			continue
		}
		u := &unit{promise: p, checks: byKind[k], facts: facts, want: mapValue(p.Wants)}
		if err := u.prepare(ctx, j.engine); err != nil {
			return nil, err
		}
		u.group(j.options.noMemo)
		units = append(units, u)
	}
	return units, nil
}

func (u *unit) prepare(ctx context.Context, e *engine) error {
	var policies []*policy
	for _, a := range u.checks {
		policies = append(policies, a.policy)
		u.reads = append(u.reads, a.check.Reads...)
	}
	slices.Sort(u.reads)
	u.reads = slices.Compact(u.reads)
	query, err := e.query(ctx, policies)
	u.query = query
	return err
}

// group finds the facts that share an evaluation.
func (u *unit) group(apart bool) {
	seen := map[string]int{}
	var key []byte
	for i, f := range u.facts {
		key = appendKey(key[:0], f, u.reads)
		n, ok := seen[string(key)]
		if !ok || apart {
			n = len(u.sample)
			seen[string(key)] = n
			u.sample = append(u.sample, i)
		}
		u.share = append(u.share, n)
	}
}

// run evaluates one sample of each group, on all processors.
func (u *unit) run(ctx context.Context) error {
	u.outcomes = make([][]outcome, len(u.sample))
	errs := make([]error, len(u.sample))
	var g errgroup.Group
	workers := min(runtime.GOMAXPROCS(0), len(u.sample))
	for w := range workers {
		g.Go(func() error {
			for n := w; n < len(u.sample); n += workers {
				u.outcomes[n], errs[n] = u.query.eval(ctx, u.input(u.facts[u.sample[n]]))
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for n, err := range errs {
		if err != nil {
			return u.blame(ctx, u.facts[u.sample[n]], err)
		}
	}
	return nil
}

func (u *unit) input(f *evidence.Fact) ast.Value {
	return ast.NewObject(
		ast.Item(ast.InternedTerm(groupSettings), ast.NewTerm(settingsValue(f, u.reads))),
		ast.Item(ast.InternedTerm(groupWant), ast.NewTerm(u.want)),
	)
}

// blame finds out which policy could not be evaluated.
func (u *unit) blame(ctx context.Context, f *evidence.Fact, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for i, p := range u.query.policies {
		alone := unit{reads: u.reads, want: u.want}
		if _, own := u.query.alone(ctx, i, alone.input(f)); own != nil {
			return &EngineError{Check: p.check.ID, Subject: f.ID, Err: own}
		}
	}
	return &EngineError{Check: u.query.policies[0].check.ID, Subject: f.ID, Err: err}
}

// results makes a result of every outcome.
//
// Results for the same reasons share them: there may be many thousand.
func (u *unit) results() error {
	known := map[[2]int][]evidence.Reason{}
	for i, f := range u.facts {
		outcomes := u.outcomes[u.share[i]]
		for n, a := range u.checks {
			r, err := u.promise.result(a.policy, f, outcomes[n])
			if err != nil {
				return err
			}
			key := [2]int{u.share[i], n}
			if same := known[key]; equalReasons(same, r.Reasons) {
				r.Reasons = same
			} else {
				r.Reasons = slices.Clip(r.Reasons)
				known[key] = r.Reasons
			}
			a.results = append(a.results, r)
		}
	}
	return nil
}

func equalReasons(a, b []evidence.Reason) bool {
	return a != nil && slices.EqualFunc(a, b, func(x, y evidence.Reason) bool { return x.Code == y.Code && maps.Equal(x.Args, y.Args) })
}
