package eval

import (
	"errors"
	"strings"

	"github.com/hashicorp/hcl/v2/ext/customdecode"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// closures is the parameter of a function that evaluates its arguments itself.
func closures() *function.Parameter {
	return &function.Parameter{Name: "expressions", Type: customdecode.ExpressionClosureType}
}

// tryFunction returns try: the first argument that can be evaluated. An argument that is unknown, but whose evaluation
// cannot come to fail, is the result as it is; it keeps its references.
func tryFunction() function.Function {
	return function.New(&function.Spec{
		VarParam: closures(),
		Type:     function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			for i, arg := range args {
				v, diags := customdecode.ExpressionClosureFromVal(arg).Value()
				if diags.HasErrors() {
					continue
				}
				if settled(v) && i+1 < len(args) && ofUnknownNumber(v) {
					return v.Mark(emptyMark{}), nil
				}
				if settled(v) {
					return v, nil
				}
				return cty.DynamicVal.WithMarks(partly(marksOf(v))), nil
			}
			return cty.NilVal, errors.New("no expression succeeded")
		},
	})
}

// canFunction returns can: whether its argument can be evaluated.
func canFunction() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{*closures()},
		Type:   function.StaticReturnType(cty.Bool),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			v, diags := customdecode.ExpressionClosureFromVal(args[0]).Value()
			switch {
			case diags.HasErrors():
				return cty.False, nil
			case settled(v):
				return cty.True, nil
			}
			return cty.UnknownVal(cty.Bool).WithMarks(partly(marksOf(v))), nil
		},
	})
}

// ofUnknownNumber says whether v is an unknown attribute of resources of which there may be none.
func ofUnknownNumber(v cty.Value) bool {
	for _, ref := range RefsOf(v) {
		if strings.Contains(ref.Address, "[*]") {
			return !v.IsKnown()
		}
	}
	return false
}

// settled says that the evaluation that gave v cannot fail once the unknown parts of v are known: v is known, or its
// unknown parts are attributes of resources, or typed.
func settled(v cty.Value) bool {
	plain, marks := v.Unmark()
	if plain.IsKnown() {
		unmarked, _ := plain.UnmarkDeep()
		return unmarked.IsWhollyKnown() || !plain.Type().HasDynamicTypes()
	}
	for m := range marks {
		if ref, ok := m.(Ref); ok && !ref.Part && ref.Attribute != "" {
			return true
		}
	}
	return plain.Type() != cty.DynamicPseudoType && !plain.Type().HasDynamicTypes()
}
