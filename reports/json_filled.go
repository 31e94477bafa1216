package reports

import (
	"reflect"
	"strings"
)

// nullable remembers of which types JSON can hold a null.
type nullable map[reflect.Type]bool

// filled returns v with every list and object that is always written made empty where it is nil, so that JSON shows []
// and {} and never null. What it changes it copies.
func (n nullable) filled(v reflect.Value) reflect.Value {
	if !n.mayHold(v.Type()) {
		return v
	}
	switch v.Kind() {
	case reflect.Struct:
		return n.filledStruct(v)
	case reflect.Slice:
		if !v.IsNil() && !n.mayHold(v.Type().Elem()) {
			return v
		}
		list := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			list.Index(i).Set(n.filled(v.Index(i)))
		}
		return list
	case reflect.Map:
		if v.IsNil() {
			return reflect.MakeMap(v.Type())
		}
	case reflect.Pointer:
		if !v.IsNil() {
			p := reflect.New(v.Type().Elem())
			p.Elem().Set(n.filled(v.Elem()))
			return p
		}
	}
	return v
}

func (n nullable) filledStruct(v reflect.Value) reflect.Value {
	out := reflect.New(v.Type()).Elem()
	out.Set(v)
	for i := range v.NumField() {
		if f := v.Type().Field(i); f.IsExported() && n.mayHold(f.Type) && !(omitted(f) && isEmpty(v.Field(i))) {
			out.Field(i).Set(n.filled(v.Field(i)))
		}
	}
	return out
}

// mayHold says whether a value of type t that is always written can hold a null.
func (n nullable) mayHold(t reflect.Type) bool {
	known, ok := n[t]
	if !ok {
		known = mayBeNull(t, false)
		n[t] = known
	}
	return known
}

// mayBeNull says whether JSON of a value of type t can hold a null; omitempty says that an empty one is left out.
func mayBeNull(t reflect.Type, omitempty bool) bool {
	switch t.Kind() {
	case reflect.Map:
		return !omitempty
	case reflect.Slice:
		return !omitempty || mayBeNull(t.Elem(), false)
	case reflect.Pointer:
		return mayBeNull(t.Elem(), true)
	case reflect.Struct:
		for i := range t.NumField() {
			if f := t.Field(i); f.IsExported() && mayBeNull(f.Type, omitted(f)) {
				return true
			}
		}
	}
	return false
}

func omitted(f reflect.StructField) bool { return strings.Contains(f.Tag.Get("json"), "omitempty") }
