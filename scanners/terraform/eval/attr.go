package eval

import (
	"math"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/tomscan/tomscan/evidence"
)

// Attr is an attribute of a block: set, unset (not written, or null), or unresolved.
type Attr struct {
	name  string
	value cty.Value // marked; cty.NilVal when not written
	at    place
	why   evidence.Reason // why value is unknown, where its marks do not tell
	in    *module         // where it is written; nil for a part of another value
	expr  *expression
}

// IsUnset says that the attribute is surely unset: not written, or null.
func (a Attr) IsUnset() bool {
	if a.value == cty.NilVal {
		return true
	}
	v, _ := a.value.Unmark()
	return v.IsKnown() && v.IsNull()
}

// IsSet says that the attribute is written and not null. An unknown value counts as set, though it might be null.
func (a Attr) IsSet() bool { return !a.IsUnset() }

// At returns where the attribute is written, or the block that leaves it unset.
func (a Attr) At() evidence.Position {
	if a.value == cty.NilVal {
		return a.at.position(evidence.RoleDefaults)
	}
	return a.at.position(evidence.RoleDecides)
}

// Value returns the value without marks, cty.NilVal when the attribute is not written.
func (a Attr) Value() cty.Value {
	if a.value == cty.NilVal {
		return cty.NilVal
	}
	v, _ := a.value.UnmarkDeep()
	return v
}

// Refs returns all references in the value, however deep, sorted.
func (a Attr) Refs() []Ref { return RefsOf(a.value) }

// Why returns why the value, or a part of it, is unknown. It is the zero Reason for a known value.
func (a Attr) Why() evidence.Reason {
	if a.value == cty.NilVal {
		return evidence.Reason{}
	}
	if a.why.Code != "" {
		return a.why
	}
	if v := a.Value(); v.IsWhollyKnown() {
		return evidence.Reason{}
	}
	return whyOf(a.value)
}

// Bool returns the value as Terraform converts it to a boolean, or unset.
func (a Attr) Bool(unset evidence.Value[bool]) evidence.Value[bool] {
	return read(a, unset, cty.Bool, func(v cty.Value) (bool, bool) { return v.True(), true })
}

// Text returns the value as Terraform converts it to a string, or unset.
func (a Attr) Text(unset evidence.Value[string]) evidence.Value[string] {
	return read(a, unset, cty.String, func(v cty.Value) (string, bool) { return v.AsString(), true })
}

// Int returns the value as Terraform converts it to a whole number, or unset.
func (a Attr) Int(unset evidence.Value[int]) evidence.Value[int] {
	return read(a, unset, cty.Number, func(v cty.Value) (int, bool) {
		n, accuracy := v.AsBigFloat().Int64()
		return int(n), accuracy == 0 && n >= math.MinInt && n <= math.MaxInt
	})
}

// Texts returns the value as a list of strings in source order, or unset. Unknown elements make it incomplete; null
// elements are left out.
func (a Attr) Texts(unset evidence.Value[[]string]) evidence.Value[[]string] {
	if a.IsUnset() {
		return unset
	}
	value, marks := a.value.Unmark()
	if !value.IsKnown() {
		return evidence.Unresolved[[]string](a.Why()).At(a.At())
	}
	if ty := value.Type(); !ty.IsListType() && !ty.IsSetType() && !ty.IsTupleType() {
		return evidence.Unresolved[[]string](a.wrongType()).At(a.At())
	}
	texts, more := []string{}, []evidence.Reason(nil)
	for it := value.ElementIterator(); it.Next(); {
		_, element := it.Element()
		one := Attr{name: a.name, value: element.WithMarks(marks), why: a.why}
		text := one.Text(evidence.Value[string]{})
		if t, ok := text.Get(); ok {
			texts = append(texts, t)
		} else if one.IsSet() {
			more = append(more, text.Why())
		}
	}
	return evidence.Known(texts).Incomplete(more...).At(a.At()).At(a.passedAt()...)
}

// Elements returns the elements of a list, set or tuple as attributes of their own, and otherwise the attribute itself,
// which may be a list that is not known. A set keeps the marks of its elements, so none of them is one reference.
func (a Attr) Elements() []Attr {
	if a.IsUnset() {
		return nil
	}
	value, marks := a.value.Unmark()
	ty := value.Type()
	if !value.IsKnown() || !ty.IsListType() && !ty.IsSetType() && !ty.IsTupleType() {
		return []Attr{a}
	}
	if ty.IsSetType() {
		marks = partly(marks)
	}
	var all []Attr
	for it := value.ElementIterator(); it.Next(); {
		_, element := it.Element()
		all = append(all, Attr{name: a.name, value: element.WithMarks(marks), at: a.at, why: a.why})
	}
	return all
}

// MayBeEmpty says whether the value, though it refers to something, may turn out to be null or empty, or what stands in
// for it: `var.on ? aws_kms_key.k.arn : null` with an unknown variable, try or one over a number that is not known.
func (a Attr) MayBeEmpty() bool {
	_, may := marksOf(a.value)[emptyMark{}]
	return may
}

// Only returns the reference that the value surely is: whole, and beside it nothing that the value hangs on. It is false
// for a value that may be something else, such as one of a condition that is not known.
func (a Attr) Only() (Ref, bool) {
	return onlyRef(a.value)
}

// wrongType is the reason when the value has another type than the setting.
func (a Attr) wrongType() evidence.Reason { return evidence.Because("wrong_type", "attribute", a.name) }

// read converts the value of a to type ty and then with get, which says whether the value fits.
func read[T any](a Attr, unset evidence.Value[T], ty cty.Type, get func(cty.Value) (T, bool)) evidence.Value[T] {
	if a.IsUnset() {
		return unset
	}
	value, _ := a.value.UnmarkDeep()
	if !value.IsKnown() {
		return evidence.Unresolved[T](a.Why()).At(a.At())
	}
	value, err := convert.Convert(value, ty)
	if err != nil || !value.IsKnown() || value.IsNull() {
		return evidence.Unresolved[T](a.wrongType()).At(a.At())
	}
	got, ok := get(value)
	if !ok {
		return evidence.Unresolved[T](a.wrongType()).At(a.At())
	}
	return evidence.Known(got).At(a.At()).At(a.passedAt()...)
}
