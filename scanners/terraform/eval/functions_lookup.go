package eval

import (
	"errors"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// anyParam is a parameter that takes every value with its marks.
func anyParam(name string) function.Parameter {
	return function.Parameter{Name: name, Type: cty.DynamicPseudoType, AllowNull: true, AllowUnknown: true,
		AllowDynamicType: true, AllowMarked: true}
}

// dynamicFunction is a function whose type is that of its result.
func dynamicFunction(params []function.Parameter, rest *function.Parameter, impl func([]cty.Value) (cty.Value, error)) function.Function {
	return function.New(&function.Spec{Params: params, VarParam: rest,
		Type: function.StaticReturnType(cty.DynamicPseudoType),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) { return impl(args) },
	})
}

// lookupFunction returns lookup(map, key, default).
func lookupFunction() function.Function {
	rest := anyParam("default")
	params := []function.Parameter{anyParam("map"), {Name: "key", Type: cty.String, AllowUnknown: true, AllowMarked: true}}
	return dynamicFunction(params, &rest, func(args []cty.Value) (cty.Value, error) {
		if len(args) > 3 {
			return cty.NilVal, errors.New("lookup takes two or three arguments")
		}
		m, marks := args[0].Unmark()
		key, keyMarks := args[1].Unmark()
		ty := m.Type()
		if !m.IsKnown() && (ty == cty.DynamicPseudoType || ty.IsMapType() || ty.IsObjectType()) || !key.IsKnown() {
			return cty.DynamicVal.WithMarks(partly(marks), partly(keyMarks)), nil
		}
		if m.IsNull() || !ty.IsMapType() && !ty.IsObjectType() {
			return cty.NilVal, errors.New("lookup needs a map")
		}
		name := key.AsString()
		switch {
		case ty.IsObjectType() && ty.HasAttribute(name):
			return m.GetAttr(name).WithMarks(marks), nil
		case ty.IsMapType() && m.HasIndex(cty.StringVal(name)).True():
			return m.Index(cty.StringVal(name)).WithMarks(marks), nil
		case len(args) < 3:
			return cty.NilVal, errors.New("the map has no such key")
		}
		return lookupDefault(m, args[2], marks)
	})
}

func lookupDefault(m, fallback cty.Value, marks cty.ValueMarks) (cty.Value, error) {
	if ty := m.Type(); ty.IsMapType() {
		converted, err := convert.Convert(fallback, ty.ElementType())
		if err != nil {
			return cty.NilVal, errors.New("the default has another type than the map")
		}
		fallback = converted
	}
	return fallback.WithMarks(marks), nil
}

// coalesceFunction returns coalesce: the first argument that is neither null nor "". An identifier of a resource is
// never empty, though unknown.
func coalesceFunction() function.Function {
	rest := anyParam("values")
	return dynamicFunction(nil, &rest, func(args []cty.Value) (cty.Value, error) {
		var types []cty.Type
		for _, a := range args {
			types = append(types, a.Type())
		}
		ty, _ := convert.UnifyUnsafe(types)
		if ty == cty.NilType {
			return cty.NilVal, errors.New("all arguments must have the same type")
		}
		for i, a := range args {
			v, err := convert.Convert(a, ty)
			if err != nil {
				return cty.NilVal, err
			}
			plain, marks := v.Unmark()
			switch {
			case !plain.IsKnown() && neverEmpty(marks):
				return v, nil
			case !plain.IsKnown():
				return cty.UnknownVal(ty).WithMarks(coalesced(args[i:])), nil
			case plain.IsNull() || plain.Type() == cty.String && plain.AsString() == "":
				continue
			}
			return v, nil
		}
		return cty.NilVal, errors.New("no non-null, non-empty-string arguments")
	})
}

// coalesced returns the marks of a value that is one of args, the first of which is unknown.
func coalesced(args []cty.Value) cty.ValueMarks {
	marks := marksOf(args[0])
	for _, a := range args[1:] {
		marks = eitherMarks(cty.UnknownVal(args[0].Type()).WithMarks(marks), a)
	}
	return marks
}

// neverEmpty says whether marks are of an unknown text that is neither null nor empty: an identifier, or one of which a
// part is known.
func neverEmpty(marks cty.ValueMarks) bool {
	if _, may := marks[emptyMark{}]; may {
		return false
	}
	for m := range marks {
		switch m := m.(type) {
		case Ref:
			if !m.Part && (m.Attribute == "id" || m.Attribute == "arn") {
				return true
			}
		case *docMark:
			if m.holed == nil || m.holed.hasText() {
				return true
			}
		}
	}
	return false
}

// oneFunction returns one: the only element of a list, or null for an empty one.
func oneFunction() function.Function {
	return dynamicFunction([]function.Parameter{anyParam("list")}, nil, func(args []cty.Value) (cty.Value, error) {
		list, marks := args[0].Unmark()
		ty := list.Type()
		if !list.IsKnown() {
			return cty.DynamicVal.WithMarks(marks).Mark(emptyMark{}), nil
		}
		if list.IsNull() || !ty.IsListType() && !ty.IsSetType() && !ty.IsTupleType() {
			return cty.NilVal, errors.New("one needs a list, set or tuple")
		}
		switch list.LengthInt() {
		case 0:
			return cty.NullVal(cty.DynamicPseudoType).WithMarks(marks), nil
		case 1:
			it := list.ElementIterator()
			it.Next()
			_, element := it.Element()
			return element.WithMarks(marks), nil
		}
		return cty.NilVal, errors.New("one needs a list with at most one element")
	})
}

// lengthFunction returns length, of collections and of texts.
func lengthFunction() function.Function {
	return dynamicFunction([]function.Parameter{anyParam("value")}, nil, func(args []cty.Value) (cty.Value, error) {
		v, ty := args[0], args[0].Type()
		switch {
		case ty.IsTupleType():
			return cty.NumberIntVal(int64(len(ty.TupleElementTypes()))), nil
		case ty.IsObjectType():
			return cty.NumberIntVal(int64(len(ty.AttributeTypes()))), nil
		case ty == cty.String:
			return stdlib.Strlen(v)
		case ty == cty.DynamicPseudoType && !v.IsKnown():
			return cty.UnknownVal(cty.Number), nil
		case v.IsNull() || !ty.IsCollectionType():
			return cty.NilVal, errors.New("length needs a collection or a string")
		}
		return v.Length(), nil
	})
}
