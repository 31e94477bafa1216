package evidence

// AnyTrue is true when one of the values is, not known when none is but one is not known, and false otherwise. It
// carries the positions of what decided. Of no values it is false.
func AnyTrue(values ...Value[bool]) Value[bool] { return decide(true, values) }

// AllTrue is false when one of the values is, not known when none is but one is not known, and true otherwise. Of no
// values it is true.
func AllTrue(values ...Value[bool]) Value[bool] { return decide(false, values) }

// Not is the opposite of v; what is not known stays so.
func Not(v Value[bool]) Value[bool] { return Map(v, func(b bool) bool { return !b }) }

// decide looks for a value that settles the question alone; otherwise the first that is not known leaves it open.
func decide(settles bool, values []Value[bool]) Value[bool] {
	var open *Value[bool]
	var at []Position
	for i, v := range values {
		got, known := v.Get()
		if known && got == settles {
			return v
		}
		if !known && open == nil {
			open = &values[i]
		}
		at = append(at, v.Positions()...)
	}
	if open != nil {
		return *open
	}
	if len(values) == 1 {
		return values[0]
	}
	return Known(!settles).At(at...)
}

// Map is v turned into another type. What is not known stays so, with its reason and positions: what was denied stays
// denied. A default stays one.
func Map[T, U any](v Value[T], turn func(T) U) Value[U] {
	got, known := v.Get()
	if !known {
		return NotKnown[U](v)
	}
	return Value[U]{state: StateKnown, value: turn(got), doc: v.doc}.At(v.at...)
}

// NotKnown is v, which is not known, as a value of another type: unresolved or denied as v is, with its reason and
// positions.
func NotKnown[U, T any](v Value[T]) Value[U] {
	why := v.why
	if why.Code == "" {
		why = Because("not_read")
	}
	state := StateUnresolved
	if v.state == StateDenied {
		state = StateDenied
	}
	return Value[U]{state: state, why: why}.At(v.at...)
}

// IsKnown says whether v is known and equal to want.
func IsKnown[T comparable](v Value[T], want T) bool {
	got, known := v.Get()
	return known && got == want
}
