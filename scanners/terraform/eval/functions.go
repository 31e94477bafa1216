package eval

import (
	"errors"
	"maps"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// errTooLarge is the error of a function whose arguments or result go beyond the bounds.
var errTooLarge = errors.New("value too large")

// effect says what a function's result has to do with the references in its arguments.
type effect int

const (
	changes effect = iota // the result only contains parts of the arguments
	passes                // the result consists of the arguments, unchanged
)

// entry is one built-in function.
type entry struct {
	name   string
	effect effect
	f      function.Function
}

// functions returns all functions by name, bound to r: every call is weighed, no panic escapes, and an unknown result
// tells why it is unknown.
func (r *run) functions() map[string]function.Function {
	table := map[string]function.Function{}
	for _, list := range [][]entry{collectionFunctions(), stringFunctions(), numberFunctions(), encodingFunctions(),
		cidrFunctions(), typeFunctions(), r.fileFunctions()} {
		for _, e := range list {
			table[e.name] = r.guard(e)
		}
	}
	for name, code := range unrepeatable() {
		table[name] = unrepeatableFunction(name, code)
	}
	maps.Copy(table, map[string]function.Function{"try": tryFunction(), "can": canFunction()})
	return table
}

// unrepeatable lists the functions whose result depends on the time, on chance, or on the machine.
func unrepeatable() map[string]string {
	return map[string]string{
		"abspath": "function_reads_machine", "bcrypt": "function_is_random", "plantimestamp": "function_reads_time",
		"timestamp": "function_reads_time", "uuid": "function_is_random",
	}
}

// unrepeatableFunction returns a function whose result is always unknown.
func unrepeatableFunction(name, code string) function.Function {
	return function.New(&function.Spec{
		VarParam: &function.Parameter{Name: "arguments", Type: cty.DynamicPseudoType, AllowNull: true, AllowUnknown: true,
			AllowDynamicType: true, AllowMarked: true},
		Type: function.StaticReturnType(cty.String),
		Impl: func([]cty.Value, cty.Type) (cty.Value, error) {
			return cty.UnknownVal(cty.String).RefineNotNull().Mark(because(code, "name", name)), nil
		},
	})
}

// guard wraps a function.
func (r *run) guard(e entry) function.Function {
	spec := &function.Spec{Type: function.StaticReturnType(cty.DynamicPseudoType)}
	for _, p := range e.f.Params() {
		spec.Params = append(spec.Params, permissive(p))
	}
	if p := e.f.VarParam(); p != nil {
		all := permissive(*p)
		spec.VarParam = &all
	}
	spec.Impl = func(args []cty.Value, _ cty.Type) (cty.Value, error) { return r.call(e, args) }
	return function.New(spec)
}

// permissive returns p accepting every value of its type, for the guarded function to judge.
func permissive(p function.Parameter) function.Parameter {
	p.AllowNull, p.AllowUnknown, p.AllowDynamicType, p.AllowMarked = true, true, true, true
	return p
}

// call calls a function within the bounds.
func (r *run) call(e entry, args []cty.Value) (v cty.Value, err error) {
	weight := 1
	for _, a := range args {
		weight += weigh(a, maxWeight-weight)
	}
	if weight >= maxWeight || !r.spend(1+weight/16) {
		return unknown("value_too_large"), nil
	}
	marks := cty.ValueMarks{}
	if e.effect == changes {
		args, marks = unmarked(args)
	}
	v, err = e.f.Call(args)
	switch {
	case errors.Is(err, errTooLarge):
		return unknown("value_too_large"), nil
	case err != nil:
		return cty.NilVal, err
	case weigh(v, maxWeight) >= maxWeight:
		return unknown("value_too_large"), nil
	}
	if plain, own := v.Unmark(); !plain.IsKnown() && len(own) == 0 {
		_, all := unmarked(args)
		v = v.WithMarks(partly(all))
	}
	return v.WithMarks(marks), nil
}

// unmarked returns args without marks, and what the marks mean for a result made of them.
func unmarked(args []cty.Value) ([]cty.Value, cty.ValueMarks) {
	out, marks := make([]cty.Value, len(args)), cty.ValueMarks{}
	for i, a := range args {
		if a.Type().IsCapsuleType() {
			out[i] = a
			continue
		}
		plain, own := a.UnmarkDeep()
		out[i] = plain
		maps.Copy(marks, partly(own))
	}
	return out, marks
}

// isProviderFunction says whether a name is of a function that a provider defines.
func isProviderFunction(name string) bool { return strings.HasPrefix(name, "provider::") }
