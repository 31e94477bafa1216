package eval

import "github.com/zclconf/go-cty/cty"

// weigh returns how much v is to walk: its elements, and its text in hundreds of bytes. It stops at the limit, so that
// a value that shares its parts a million times is weighed in bounded time.
func weigh(v cty.Value, limit int) int {
	if v == cty.NilVal {
		return 0
	}
	w := weigher{left: limit}
	w.add(v)
	return limit - w.left
}

type weigher struct{ left int }

func (w *weigher) add(v cty.Value) {
	w.left--
	if w.left <= 0 {
		return
	}
	v, _ = v.Unmark()
	if !v.IsKnown() || v.IsNull() {
		return
	}
	switch ty := v.Type(); {
	case ty == cty.String:
		w.left -= len(v.AsString()) / 100
	case ty == cty.Number:
		if heavy(v) {
			w.left = 0
		}
	case v.CanIterateElements():
		if v.LengthInt() > maxElements {
			w.left = 0
		}
		for it := v.ElementIterator(); it.Next() && w.left > 0; {
			_, element := it.Element()
			w.add(element)
		}
	}
}

// heavy says whether a number has so many digits that writing it out would not end.
func heavy(v cty.Value) bool {
	if v.Type() != cty.Number || v.IsNull() || !v.IsKnown() {
		return false
	}
	f := v.AsBigFloat()
	exponent := f.MantExp(nil)
	return !f.IsInf() && (exponent > 8192 || exponent < -8192)
}
