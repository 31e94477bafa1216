package evidence

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
)

// reader is the untyped face that every Value[T] has.
type reader interface{ Reading() Reading }

// Readings returns the settings of r by name. Every exported field of r is a Value with a `setting` tag, or an embedded
// struct of such fields.
func Readings(r Resource) map[string]Reading {
	settings := map[string]Reading{}
	v := reflect.ValueOf(r)
	for _, f := range fieldsOf(v.Type()) {
		settings[f.Name] = v.FieldByIndex(f.index).Interface().(reader).Reading()
	}
	return settings
}

// UnmarshalJSON reads whole numbers as int and fails for a reading that has a value without being known, or none
// though it is known.
func (r *Reading) UnmarshalJSON(data []byte) error {
	type plain Reading
	var p plain
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&p); err != nil {
		return err
	}
	if (p.Value != nil) != (p.State == StateKnown) {
		return fmt.Errorf("a reading has a value exactly when its state is %q, this one is %q", StateKnown, p.State)
	}
	p.Value = plainNumbers(p.Value)
	*r = Reading(p)
	return nil
}

// plainNumbers turns every json.Number below v into an int, or into a float64 where it is not whole.
func plainNumbers(v any) any {
	switch v := v.(type) {
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return int(n)
		}
		f, _ := v.Float64()
		return f
	case []any:
		for i := range v {
			v[i] = plainNumbers(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = plainNumbers(v[k])
		}
	}
	return v
}

// emptyNotNil returns an empty slice for a nil one, and everything else as it is.
func emptyNotNil[T any](v T) any {
	switch s := any(v).(type) {
	case bool, int, string:
		return s
	case []string:
		if s == nil {
			return []string{}
		}
		return s
	}
	if rv := reflect.ValueOf(v); rv.Kind() == reflect.Slice && rv.IsNil() {
		return reflect.MakeSlice(rv.Type(), 0, 0).Interface()
	}
	return v
}
