package eval

import (
	"errors"
	"maps"
	"slices"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
)

// quantifier returns alltrue (all) or anytrue. One element decides though others are unknown.
func quantifier(all bool) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "list", Type: cty.List(cty.Bool)}},
		Type:   function.StaticReturnType(cty.Bool),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			open := false
			for it := args[0].ElementIterator(); it.Next(); {
				_, v := it.Element()
				switch {
				case !v.IsKnown():
					open = true
				case v.IsNull() && all:
					return cty.False, nil
				case !v.IsNull() && v.True() != all:
					return cty.BoolVal(!all), nil
				}
			}
			if open {
				return cty.UnknownVal(cty.Bool), nil
			}
			return cty.BoolVal(all), nil
		},
	})
}

// indexFunction returns index(list, value).
func indexFunction() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "list", Type: cty.DynamicPseudoType}, {Name: "value", Type: cty.DynamicPseudoType}},
		Type:   function.StaticReturnType(cty.Number),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if ty := args[0].Type(); !ty.IsListType() && !ty.IsTupleType() {
				return cty.NilVal, errors.New("index needs a list or tuple")
			}
			for it := args[0].ElementIterator(); it.Next(); {
				i, v := it.Element()
				equal := v.Equals(args[1])
				if !equal.IsKnown() {
					return cty.UnknownVal(cty.Number), nil
				}
				if equal.True() {
					return i, nil
				}
			}
			return cty.NilVal, errors.New("item not found")
		},
	})
}

// matchkeysFunction returns matchkeys(values, keys, search).
func matchkeysFunction() function.Function {
	lists := func(name string) function.Parameter {
		return function.Parameter{Name: name, Type: cty.List(cty.DynamicPseudoType)}
	}
	return function.New(&function.Spec{
		Params: []function.Parameter{lists("values"), lists("keys"), lists("search")},
		Type: func(args []cty.Value) (cty.Type, error) {
			if ty, _ := convert.UnifyUnsafe([]cty.Type{args[1].Type(), args[2].Type()}); ty == cty.NilType {
				return cty.NilType, errors.New("keys and search must be of the same type")
			}
			return args[0].Type(), nil
		},
		Impl: func(args []cty.Value, ty cty.Type) (cty.Value, error) {
			if !args[0].IsWhollyKnown() || !args[1].IsWhollyKnown() || !args[2].IsWhollyKnown() {
				return cty.UnknownVal(ty), nil
			}
			if args[0].LengthInt() != args[1].LengthInt() {
				return cty.NilVal, errors.New("length of keys and values should be equal")
			}
			if args[1].LengthInt()*args[2].LengthInt() > 4_000_000 {
				return cty.NilVal, errTooLarge
			}
			return matchKeys(args[0].AsValueSlice(), args[1].AsValueSlice(), args[2].AsValueSlice(), ty), nil
		},
	})
}

func matchKeys(values, keys, search []cty.Value, ty cty.Type) cty.Value {
	var found []cty.Value
	for i, key := range keys {
		for _, want := range search {
			if eq, err := convert.Convert(want, key.Type()); err == nil && eq.RawEquals(key) {
				found = append(found, values[i])
				break
			}
		}
	}
	if len(found) == 0 {
		return cty.ListValEmpty(ty.ElementType())
	}
	return cty.ListVal(found)
}

// transposeFunction returns transpose: a map of lists with keys and values swapped.
func transposeFunction() function.Function {
	ty := cty.Map(cty.List(cty.String))
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "values", Type: ty}},
		Type:   function.StaticReturnType(ty),
		Impl: func(args []cty.Value, ty cty.Type) (cty.Value, error) {
			if !args[0].IsWhollyKnown() {
				return cty.UnknownVal(ty), nil
			}
			swapped := map[string][]string{}
			for it := args[0].ElementIterator(); it.Next(); {
				key, list := it.Element()
				if list.IsNull() {
					return cty.NilVal, errors.New("list must not be null")
				}
				for inner := list.ElementIterator(); inner.Next(); {
					_, v := inner.Element()
					if v.IsNull() {
						return cty.NilVal, errors.New("element must not be null")
					}
					swapped[v.AsString()] = append(swapped[v.AsString()], key.AsString())
				}
			}
			return mapOfLists(swapped), nil
		},
	})
}

func mapOfLists(lists map[string][]string) cty.Value {
	out := map[string]cty.Value{}
	for _, key := range slices.Sorted(maps.Keys(lists)) {
		slices.Sort(lists[key])
		var elements []cty.Value
		for _, text := range lists[key] {
			elements = append(elements, cty.StringVal(text))
		}
		out[key] = cty.ListVal(elements)
	}
	if len(out) == 0 {
		return cty.MapValEmpty(cty.List(cty.String))
	}
	return cty.MapVal(out)
}
