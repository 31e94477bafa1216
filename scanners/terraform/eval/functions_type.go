package eval

import (
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// typeFunctions lists the functions that convert and that know about sensitivity, sorted by name.
func typeFunctions() []entry {
	return []entry{
		{"ephemeralasnull", passes, identityFunction()},
		{"issensitive", passes, issensitiveFunction()},
		{"nonsensitive", passes, nonsensitiveFunction()},
		{"sensitive", passes, sensitiveFunction()},
		{"tobool", passes, stdlib.MakeToFunc(cty.Bool)},
		{"tolist", passes, stdlib.MakeToFunc(cty.List(cty.DynamicPseudoType))},
		{"tomap", passes, stdlib.MakeToFunc(cty.Map(cty.DynamicPseudoType))},
		{"tonumber", passes, stdlib.MakeToFunc(cty.Number)},
		{"toset", passes, stdlib.MakeToFunc(cty.Set(cty.DynamicPseudoType))},
		{"tostring", passes, stdlib.MakeToFunc(cty.String)},
	}
}

func identityFunction() function.Function {
	return dynamicFunction([]function.Parameter{anyParam("value")}, nil, func(args []cty.Value) (cty.Value, error) {
		return args[0], nil
	})
}

func sensitiveFunction() function.Function {
	return dynamicFunction([]function.Parameter{anyParam("value")}, nil, func(args []cty.Value) (cty.Value, error) {
		return args[0].Mark(sensitiveMark{}), nil
	})
}

func nonsensitiveFunction() function.Function {
	return dynamicFunction([]function.Parameter{anyParam("value")}, nil, func(args []cty.Value) (cty.Value, error) {
		v, marks := args[0].Unmark()
		return v.WithMarks(only(marks, func(m any) bool { _, is := m.(sensitiveMark); return !is })), nil
	})
}

func issensitiveFunction() function.Function {
	return dynamicFunction([]function.Parameter{anyParam("value")}, nil, func(args []cty.Value) (cty.Value, error) {
		v, marks := args[0].Unmark()
		if _, is := marks[sensitiveMark{}]; is {
			return cty.True, nil
		}
		if !v.IsKnown() {
			return cty.UnknownVal(cty.Bool), nil
		}
		return cty.False, nil
	})
}
