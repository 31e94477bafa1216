package policies

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/tomscan/tomscan/evidence"
)

// largestProof bounds how many inputs are tried per policy, wants and number of facts.
const largestProof = 600

// sizes are how many facts are tried at once.
func (p *policy) sizes() []int {
	if p.check.Over == overPopulation {
		return []int{1, 2}
	}
	return []int{1}
}

// trial is a policy on all settings of some facts under one set of wants.
type trial struct {
	policy   *policy
	kind     evidence.Kind
	want     wants
	numbers  []int
	size     int
	axes     []axis             // one for each setting of each fact
	verdicts []evidence.Verdict // of every combination of values
	query    *query
	asks     *query // the applies rule
}

// axis is one setting of one fact with the values that are tried.
type axis struct {
	fact    int
	setting string
	values  []evidence.Reading
}

func (t *trial) run(ctx context.Context) ([]string, error) {
	if ok, err := t.belongs(ctx); err != nil || !ok {
		return nil, err
	}
	t.axes = t.makeAxes()
	faults, err := t.total(ctx)
	if err != nil || len(faults) > 0 {
		return faults, err
	}
	return t.sound(ctx)
}

// belongs asks the policy's applies rule.
func (t *trial) belongs(ctx context.Context) (bool, error) {
	if !t.policy.applies {
		return true, nil
	}
	outcomes, err := t.asks.eval(ctx, ast.NewObject(ast.Item(ast.InternedTerm(groupWant), ast.NewTerm(mapValue(t.want.values)))))
	if err != nil {
		return false, fmt.Errorf("%s: applies: %w", t.policy.check.ID, err)
	}
	return outcomes[0].applies, nil
}

// makeAxes lists the settings with their values; where the combinations are too many, the longest lists are shortened.
func (t *trial) makeAxes() []axis {
	var axes []axis
	for n := range t.size {
		for _, name := range t.policy.check.Reads {
			axes = append(axes, axis{fact: n, setting: name, values: domainOf(t.kind, name, t.numbers, t.policy.from)})
		}
	}
	for combinations(axes) > largestProof {
		longest := 0
		for i := range axes {
			if len(axes[i].values) > len(axes[longest].values) {
				longest = i
			}
		}
		axes[longest].values = axes[longest].values[:len(axes[longest].values)-1]
	}
	return axes
}

func combinations(axes []axis) int {
	n := 1
	for _, a := range axes {
		n *= len(a.values)
	}
	return n
}

// at returns the values of combination number n.
func (t *trial) at(n int) []evidence.Reading {
	values := make([]evidence.Reading, len(t.axes))
	for i, a := range t.axes {
		values[i] = a.values[n%len(a.values)]
		n /= len(a.values)
	}
	return values
}

// total tries every combination.
func (t *trial) total(ctx context.Context) ([]string, error) {
	for n := range combinations(t.axes) {
		values := t.at(n)
		v, err := t.ask(ctx, values)
		if err != nil {
			return nil, err
		}
		if v == evidence.Conflict || v == evidence.Unknown && !t.want.foreign {
			text := fmt.Sprintf("%s though everything is known, not just one of pass, fail and not_applicable: %s want %v", v, t.describe(values), t.want.values)
			return []string{text}, nil
		}
		t.verdicts = append(t.verdicts, v)
	}
	return nil, nil
}

// sound tries every combination with one setting not known, and with one list that may lack elements.
func (t *trial) sound(ctx context.Context) ([]string, error) {
	stride := 1
	for i, a := range t.axes {
		for n := range combinations(t.axes) {
			values := t.at(n)
			faults, err := t.holdsBack(ctx, values, i, n, stride)
			if err != nil || len(faults) > 0 {
				return faults, err
			}
		}
		stride *= len(a.values)
	}
	return nil, nil
}

// moves notes the settings of which two values give two verdicts, everything else being equal.
func (t *trial) moves(moved map[string]bool) {
	stride := 1
	for _, a := range t.axes {
		for n := range t.verdicts {
			if n/stride%len(a.values) > 0 && t.verdicts[n] != t.verdicts[n-stride] {
				moved[a.setting] = true
			}
		}
		stride *= len(a.values)
	}
}

// holdsBack tries combination number n with its setting number i unknown or incomplete.
func (t *trial) holdsBack(ctx context.Context, values []evidence.Reading, i, n, stride int) ([]string, error) {
	place := n / stride % len(t.axes[i].values)
	first := n - place*stride
	var variants []evidence.Reading
	if place == 0 {
		variants = append(variants, evidence.Reading{State: evidence.StateUnresolved})
	}
	if isList(values[i]) {
		variants = append(variants, evidence.Reading{State: evidence.StateKnown, Value: values[i].Value, More: []evidence.Reason{{Code: "more"}}})
	}
	for _, variant := range variants {
		tried := slices.Clone(values)
		tried[i] = variant
		v, err := t.ask(ctx, tried)
		if err != nil {
			return nil, err
		}
		if v == evidence.Unknown {
			continue
		}
		for k, other := range t.axes[i].values {
			if extends(other, variant) && t.verdicts[first+k*stride] != v {
				text := fmt.Sprintf("says %s before everything is known: %s want %v, but with %s = %v it says %s",
					v, t.describe(tried), t.want.values, t.axes[i].setting, other.Value, t.verdicts[first+k*stride])
				return []string{text}, nil
			}
		}
	}
	return nil, nil
}

// extends says whether a setting that is known as partial may turn out to be whole.
func extends(whole, partial evidence.Reading) bool {
	if partial.State != evidence.StateKnown {
		return true
	}
	all := elements(whole.Value)
	for _, e := range elements(partial.Value) {
		if !slices.ContainsFunc(all, func(o ast.Value) bool { return o.Compare(e) == 0 }) {
			return false
		}
	}
	return true
}

func isList(r evidence.Reading) bool {
	_, ok := plainValue(r.Value).(*ast.Array)
	return ok
}

func elements(v any) []ast.Value {
	array, ok := plainValue(v).(*ast.Array)
	if !ok {
		return nil
	}
	list := make([]ast.Value, 0, array.Len())
	array.Foreach(func(t *ast.Term) { list = append(list, t.Value) })
	return list
}

// ask evaluates the policy; two ways at once is a conflict, which no policy can say.
func (t *trial) ask(ctx context.Context, values []evidence.Reading) (evidence.Verdict, error) {
	outcomes, err := t.query.eval(ctx, t.input(values))
	if err != nil {
		return "", fmt.Errorf("%s: %s: %w", t.policy.check.ID, t.describe(values), err)
	}
	if v, ok := outcomes[0].verdict(); ok {
		return v, nil
	}
	return evidence.Conflict, nil
}

// input is what the engine would ask the policy with.
func (t *trial) input(values []evidence.Reading) ast.Value {
	facts := make([]*evidence.Fact, t.size)
	for n := range facts {
		facts[n] = &evidence.Fact{ID: fmt.Sprint("f", n), Kind: t.kind, Settings: map[string]evidence.Reading{}}
	}
	for i, a := range t.axes {
		facts[a.fact].Settings[a.setting] = values[i]
	}
	if t.policy.check.Over == overFact {
		u := unit{reads: t.policy.check.Reads, want: mapValue(t.want.values)}
		return u.input(facts[0])
	}
	frame := map[string]any{"accounts": []string{}, "environment": "", "regions_used": []string{"eu-north-1", "us-east-1"}, "regions_complete": true}
	return populationValue(facts, t.policy.check.Reads, nil, mapValue(frame), t.want.values)
}

// describe writes an input for a message.
func (t *trial) describe(values []evidence.Reading) string {
	var parts []string
	for i, a := range t.axes {
		text := fmt.Sprintf("%s = %v", a.setting, values[i].Value)
		if values[i].State != evidence.StateKnown {
			text = a.setting + " unresolved"
		} else if len(values[i].More) > 0 {
			text += " and perhaps more"
		}
		if t.size > 1 {
			text = fmt.Sprintf("f%d.%s", a.fact, text)
		}
		parts = append(parts, text)
	}
	return fmt.Sprintf("%s {%s}", t.kind, strings.Join(parts, ", "))
}
