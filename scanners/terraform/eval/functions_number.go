package eval

import (
	"errors"
	"math/big"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// numberFunctions lists the functions over numbers and times, sorted by name.
func numberFunctions() []entry {
	return []entry{
		{"abs", changes, stdlib.AbsoluteFunc},
		{"ceil", changes, stdlib.CeilFunc},
		{"floor", changes, stdlib.FloorFunc},
		{"formatdate", changes, stdlib.FormatDateFunc},
		{"log", changes, stdlib.LogFunc},
		{"max", changes, stdlib.MaxFunc},
		{"min", changes, stdlib.MinFunc},
		{"parseint", changes, bounded(stdlib.ParseIntFunc, func(args []cty.Value) bool { return textLength(args[0]) <= 1000 })},
		{"pow", changes, stdlib.PowFunc},
		{"range", changes, stdlib.RangeFunc},
		{"signum", changes, stdlib.SignumFunc},
		{"sum", changes, sumFunction()},
		{"timeadd", changes, stdlib.TimeAddFunc},
		{"timecmp", changes, timecmpFunction()},
	}
}

// bounded returns f, refusing arguments that do not fit.
func bounded(f function.Function, fits func([]cty.Value) bool) function.Function {
	spec := &function.Spec{Params: f.Params(), VarParam: f.VarParam(),
		Type: func(args []cty.Value) (cty.Type, error) {
			for _, a := range args {
				if !a.IsWhollyKnown() {
					return f.ReturnTypeForValues(args)
				}
			}
			if !fits(args) {
				return cty.NilType, errTooLarge
			}
			return f.ReturnTypeForValues(args)
		},
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if !fits(args) {
				return cty.NilVal, errTooLarge
			}
			return f.Call(args)
		},
	}
	return function.New(spec)
}

// textLength returns the length of a known text, 0 for everything else.
func textLength(v cty.Value) int {
	v, _ = v.Unmark()
	if !v.IsKnown() || v.IsNull() || v.Type() != cty.String {
		return 0
	}
	return len(v.AsString())
}

func sumFunction() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "list", Type: cty.DynamicPseudoType}},
		Type:   function.StaticReturnType(cty.Number),
		Impl: func(args []cty.Value, ty cty.Type) (cty.Value, error) {
			if !args[0].CanIterateElements() || args[0].LengthInt() == 0 {
				return cty.NilVal, errors.New("cannot sum an empty list, or what is no list")
			}
			if t := args[0].Type(); !t.IsListType() && !t.IsSetType() && !t.IsTupleType() {
				return cty.NilVal, errors.New("argument must be list, set, or tuple")
			}
			if !args[0].IsWhollyKnown() {
				return cty.UnknownVal(ty), nil
			}
			sum := cty.NumberVal(new(big.Float).SetPrec(512))
			for it := args[0].ElementIterator(); it.Next(); {
				_, element := it.Element()
				n, err := convert.Convert(element, cty.Number)
				if err != nil || n.IsNull() {
					return cty.NilVal, errors.New("argument must be a list of numbers")
				}
				sum = sum.Add(n)
			}
			return sum, nil
		},
	})
}
