package eval

import (
	"errors"
	"slices"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// coalescelistFunction returns coalescelist: the first list that is not empty. Its elements keep their own references,
// so that element() of it refers to one resource.
func coalescelistFunction() function.Function {
	rest := anyParam("lists")
	return dynamicFunction(nil, &rest, func(args []cty.Value) (cty.Value, error) {
		for _, a := range args {
			plain, marks := a.Unmark()
			ty := plain.Type()
			switch {
			case !plain.IsKnown():
				return cty.DynamicVal.WithMarks(partly(marks)), nil
			case plain.IsNull():
				continue
			case !ty.IsListType() && !ty.IsTupleType():
				return cty.NilVal, errors.New("coalescelist needs lists")
			case plain.LengthInt() > 0:
				return a, nil
			}
		}
		return cty.NilVal, errors.New("all lists are empty")
	})
}

// compactFunction returns compact: a list of texts without null and "". An identifier of a resource is never empty.
func compactFunction() function.Function {
	return dynamicFunction([]function.Parameter{anyParam("list")}, nil, func(args []cty.Value) (cty.Value, error) {
		list, err := convert.Convert(args[0], cty.List(cty.String))
		if err != nil {
			return cty.NilVal, err
		}
		plain, marks := list.Unmark()
		if plain.IsKnown() && !plain.IsNull() {
			if kept, ok := compacted(plain); ok {
				return kept.WithMarks(marks), nil
			}
		}
		unmarkedList, all := list.UnmarkDeep()
		v, err := stdlib.Compact(unmarkedList)
		if err != nil {
			return cty.NilVal, err
		}
		return v.WithMarks(withoutDocuments(all)), nil
	})
}

// compacted returns the elements of a list that are not empty; ok is false when that is not known of one.
func compacted(list cty.Value) (kept cty.Value, ok bool) {
	var elements []cty.Value
	for it := list.ElementIterator(); it.Next(); {
		_, element := it.Element()
		plain, marks := element.Unmark()
		switch {
		case !plain.IsKnown() && !neverEmpty(marks):
			return cty.NilVal, false
		case plain.IsKnown() && (plain.IsNull() || plain.AsString() == ""):
			continue
		}
		elements = append(elements, element)
	}
	if len(elements) == 0 {
		return cty.ListValEmpty(cty.String), true
	}
	return cty.ListVal(slices.Clip(elements)), true
}
