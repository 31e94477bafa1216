package policies

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/tomscan/tomscan/evidence"
)

// prove tries a policy on every combination of the values that its settings and parameters can take, enumerations, truth
// values and boundaries of numbers, and finds where it breaks the promises of a policy:
//
//   - total: where every setting is known, exactly one of pass, fail and not_applicable holds;
//   - sound: where a setting is not known, or a list may lack elements, the policy decides only what it would decide
//     whatever the setting was;
//   - decisive: some input passes and some input fails, so that a policy that never fails cannot hide;
//   - attentive: every setting and every parameter that it reads changes the verdict of some input. What is read counts
//     as examined, so reading is not enough.
func (s *Set) prove(ctx context.Context, c *ast.Compiler, by *policy) ([]string, error) {
	measure, ok := s.catalogue.Measure(by.check.Measure)
	if !ok {
		return nil, fmt.Errorf("%s: no measure %q", by.check.ID, by.check.Measure)
	}
	p := &proof{policy: by, seen: map[evidence.Verdict]bool{}, moved: map[string]bool{}}
	var err error
	if p.query, err = prepare(ctx, c, []*policy{by}); err != nil {
		return nil, err
	}
	if p.asks, err = prepareApplies(ctx, c, []*policy{by}); err != nil {
		return nil, err
	}
	all := by.wantedInputs(measure)
	p.numbers = promisedNumbers(all)
	for _, want := range all {
		if err := p.try(ctx, want); err != nil {
			return nil, err
		}
	}
	if len(p.faults) == 0 {
		p.decisive()
		p.attentive()
	}
	return p.faults, nil
}

// proof is what was found out about a policy.
type proof struct {
	policy  *policy
	query   *query
	asks    *query // the applies rule
	numbers []int  // that are promised
	faults  []string
	seen    map[evidence.Verdict]bool
	moved   map[string]bool // settings that changed a verdict
	heard   []hearing
}

// hearing is what a policy said under one set of wants, by the settings.
type hearing struct {
	want map[string]any
	said map[string]evidence.Verdict
}

// try tries all kinds under one set of wants.
func (p *proof) try(ctx context.Context, want wants) error {
	h := hearing{want: want.values, said: map[string]evidence.Verdict{}}
	for _, kind := range p.policy.check.Kinds {
		for _, size := range p.policy.sizes() {
			t := &trial{policy: p.policy, query: p.query, asks: p.asks, kind: kind, want: want, numbers: p.numbers, size: size}
			found, err := t.run(ctx)
			if err != nil {
				return err
			}
			p.faults = append(p.faults, found...)
			for n, v := range t.verdicts {
				p.seen[v] = true
				if len(p.policy.check.Wants) > 0 {
					h.said[t.describe(t.at(n))] = v
				}
			}
			t.moves(p.moved)
		}
	}
	p.heard = append(p.heard, h)
	return nil
}

// decisive finds that some verdict is never said.
func (p *proof) decisive() {
	for _, v := range []evidence.Verdict{evidence.Pass, evidence.Fail} {
		if !p.seen[v] {
			p.faults = append(p.faults, fmt.Sprintf("no input gives %s: the policy decides nothing", v))
		}
	}
}

// attentive finds settings and parameters that are read and never matter.
func (p *proof) attentive() {
	for _, name := range p.policy.check.Reads {
		if !p.moved[name] {
			p.faults = append(p.faults, fmt.Sprintf("setting %s is read and never changes the verdict", name))
		}
	}
	for _, name := range p.policy.check.Wants {
		if name == scopeParameter || slices.Contains(p.policy.asks, name) {
			continue // they say which promises the policy belongs to
		}
		if !p.matters(name) {
			p.faults = append(p.faults, fmt.Sprintf("parameter %s is read and never changes the verdict", name))
		}
	}
}

// matters says whether two sets of wants that differ in one parameter alone are heard differently.
func (p *proof) matters(parameter string) bool {
	for i, a := range p.heard {
		for _, b := range p.heard[:i] {
			if differOnlyIn(parameter, a.want, b.want) && a.differs(b) {
				return true
			}
		}
	}
	return false
}

// differs compares what was said of the same settings.
func (h hearing) differs(other hearing) bool {
	for settings, v := range h.said {
		if o, ok := other.said[settings]; ok && o != v {
			return true
		}
	}
	return false
}

func differOnlyIn(parameter string, a, b map[string]any) bool {
	a, b = maps.Clone(a), maps.Clone(b)
	delete(a, parameter)
	delete(b, parameter)
	return reflect.DeepEqual(a, b)
}
