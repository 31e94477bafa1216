package eval

import (
	"errors"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// collectionFunctions lists the functions over lists, sets and maps, sorted by name.
func collectionFunctions() []entry {
	return []entry{
		{"alltrue", changes, quantifier(true)},
		{"anytrue", changes, quantifier(false)},
		{"chunklist", passes, stdlib.ChunklistFunc},
		{"coalesce", passes, coalesceFunction()},
		{"coalescelist", passes, coalescelistFunction()},
		{"compact", passes, compactFunction()},
		{"concat", passes, stdlib.ConcatFunc},
		{"contains", changes, stdlib.ContainsFunc},
		{"distinct", passes, bounded(stdlib.DistinctFunc, func(args []cty.Value) bool { return lengthOf(args[0]) <= 5000 })},
		{"element", passes, elementFunction()},
		{"flatten", passes, stdlib.FlattenFunc},
		{"index", changes, indexFunction()},
		{"keys", passes, stdlib.KeysFunc},
		{"length", changes, lengthFunction()},
		{"lookup", passes, lookupFunction()},
		{"matchkeys", passes, matchkeysFunction()},
		{"merge", passes, stdlib.MergeFunc},
		{"one", passes, oneFunction()},
		{"reverse", passes, stdlib.ReverseListFunc},
		{"setintersection", passes, stdlib.SetIntersectionFunc},
		{"setproduct", passes, bounded(stdlib.SetProductFunc, productFits)},
		{"setsubtract", passes, stdlib.SetSubtractFunc},
		{"setunion", passes, stdlib.SetUnionFunc},
		{"slice", passes, sliceFunction()},
		{"sort", passes, stdlib.SortFunc},
		{"transpose", changes, transposeFunction()},
		{"values", passes, stdlib.ValuesFunc},
		{"zipmap", passes, stdlib.ZipmapFunc},
	}
}

// lengthOf returns the number of elements of a known collection, 0 for everything else.
func lengthOf(v cty.Value) int {
	v, _ = v.Unmark()
	if !v.IsKnown() || v.IsNull() || !v.CanIterateElements() {
		return 0
	}
	return v.LengthInt()
}

// productFits says whether the product of sets stays within the bounds.
func productFits(args []cty.Value) bool {
	n := 1
	for _, a := range args {
		if n *= max(1, lengthOf(a)); n > maxElements {
			return false
		}
	}
	return true
}

// elementFunction returns element, which wraps around at the end of a list but takes no negative index. An element of a
// list that is unknown refers to what the list refers to: element(aws_subnet.a[*].id, count.index). That of a list with
// one element is known whatever the index.
func elementFunction() function.Function {
	params := []function.Parameter{anyParam("list"), {Name: "index", Type: cty.Number, AllowUnknown: true, AllowMarked: true}}
	return dynamicFunction(params, nil, func(args []cty.Value) (cty.Value, error) {
		list, marks := args[0].Unmark()
		index, indexMarks := args[1].Unmark()
		switch {
		case index.IsKnown() && !index.IsNull() && index.AsBigFloat().Sign() < 0:
			return cty.NilVal, errors.New("negative index")
		case !list.IsKnown():
			return cty.DynamicVal.WithMarks(marks, reasonsOnly(indexMarks)), nil
		case !index.IsKnown() && !list.IsNull() && (list.Type().IsTupleType() || list.Type().IsListType()) && list.LengthInt() == 1:
			return list.Index(cty.Zero).WithMarks(marks), nil
		}
		return stdlib.ElementFunc.Call(args)
	})
}

// sliceFunction returns slice. What is cut out of a list that is unknown has a known length nevertheless:
// slice(data.aws_availability_zones.available.names, 0, 3).
func sliceFunction() function.Function {
	number := func(name string) function.Parameter {
		return function.Parameter{Name: name, Type: cty.Number, AllowUnknown: true, AllowMarked: true}
	}
	params := []function.Parameter{anyParam("list"), number("start_index"), number("end_index")}
	return dynamicFunction(params, nil, func(args []cty.Value) (cty.Value, error) {
		list, marks := args[0].Unmark()
		ty := list.Type()
		start, ok1 := smallNumber(args[1])
		end, ok2 := smallNumber(args[2])
		if list.IsKnown() || !ok1 || !ok2 || end < start || ty != cty.DynamicPseudoType && !ty.IsListType() {
			return stdlib.SliceFunc.Call(args)
		}
		element := cty.DynamicVal
		if ty.IsListType() {
			element = cty.UnknownVal(ty.ElementType())
		}
		elements := make([]cty.Value, end-start)
		for n := range elements {
			elements[n] = element.WithMarks(marks)
		}
		return cty.TupleVal(elements), nil
	})
}

// smallNumber returns a known number that can be a count of instances.
func smallNumber(v cty.Value) (int, bool) {
	v, _ = v.Unmark()
	if !v.IsKnown() || v.IsNull() {
		return 0, false
	}
	n, accuracy := v.AsBigFloat().Int64()
	return int(n), accuracy == 0 && n >= 0 && n <= 1000
}
