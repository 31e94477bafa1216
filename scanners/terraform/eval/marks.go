package eval

import (
	"cmp"
	"maps"
	"slices"

	"github.com/zclconf/go-cty/cty"

	"github.com/tomscan/tomscan/evidence"
)

// whyMark tells why an unknown value is unknown. Its text forms are compared, so that equal reasons are one mark.
type whyMark struct {
	code, key1, arg1, key2, arg2 string
}

// because makes the mark of a reason with at most two arguments.
func because(code string, keyValues ...string) whyMark {
	w := whyMark{code: code}
	for i, field := range []*string{&w.key1, &w.arg1, &w.key2, &w.arg2} {
		if i < len(keyValues) {
			*field = keyValues[i]
		}
	}
	return w
}

// reason returns the reason that w stands for.
func (w whyMark) reason() evidence.Reason {
	r := evidence.Because(w.code)
	for _, kv := range [][2]string{{w.key1, w.arg1}, {w.key2, w.arg2}} {
		if kv[0] != "" {
			if r.Args == nil {
				r.Args = map[string]string{}
			}
			r.Args[kv[0]] = kv[1]
		}
	}
	return r
}

// compare orders reasons.
func (w whyMark) compare(o whyMark) int {
	return cmp.Or(cmp.Compare(w.code, o.code), cmp.Compare(w.arg1, o.arg1), cmp.Compare(w.arg2, o.arg2))
}

// unknown returns an unknown value of any type with the reason.
func unknown(code string, keyValues ...string) cty.Value {
	return cty.DynamicVal.Mark(because(code, keyValues...))
}

// marksOf returns all marks in v, however deep.
func marksOf(v cty.Value) cty.ValueMarks {
	if v == cty.NilVal {
		return nil
	}
	_, marks := v.UnmarkDeep()
	return marks
}

// RefsOf returns all references in v, however deep, sorted.
func RefsOf(v cty.Value) []Ref {
	var refs []Ref
	for m := range marksOf(v) {
		if r, ok := m.(Ref); ok {
			refs = append(refs, r)
		}
	}
	slices.SortFunc(refs, Ref.compare)
	return refs
}

// onlyRef returns the one reference that v is. The reason that a data source's attribute is unknown belongs to it.
func onlyRef(v cty.Value) (Ref, bool) {
	refs := RefsOf(v)
	if len(refs) != 1 || refs[0].Part {
		return Ref{}, false
	}
	for m := range marksOf(v) {
		if w, ok := m.(whyMark); ok && (w.key1 != "address" || w.arg1 != refs[0].Address) {
			return Ref{}, false
		}
	}
	return refs[0], true
}

// compare orders references by address and attribute, whole ones first.
func (r Ref) compare(o Ref) int {
	part := 0
	if r.Part != o.Part {
		part = 1
		if o.Part {
			part = -1
		}
	}
	return cmp.Or(cmp.Compare(r.Address, o.Address), cmp.Compare(r.Attribute, o.Attribute), part)
}

// whyOf returns why v or a part of it is unknown, as its marks tell.
func whyOf(v cty.Value) evidence.Reason {
	var best *whyMark
	for m := range marksOf(v) {
		if w, ok := m.(whyMark); ok && (best == nil || w.compare(*best) < 0) {
			best = &w
		}
	}
	if best != nil {
		return best.reason()
	}
	if refs := RefsOf(v); len(refs) > 0 {
		return evidence.Because("computed_attribute", "address", refs[0].Address, "attribute", refs[0].Attribute)
	}
	return evidence.Because("not_decided_by_code")
}

// sensitiveMark marks what the configuration calls sensitive.
type sensitiveMark struct{}

// emptyMark marks a value that keeps its references though it may turn out to be empty, or what stands in for it.
type emptyMark struct{}

// partly returns marks for a value that only contains the marked one: references become partial, documents go.
func partly(marks cty.ValueMarks) cty.ValueMarks {
	out := make(cty.ValueMarks, len(marks))
	for m := range marks {
		switch m := m.(type) {
		case Ref:
			m.Part = true
			out[m] = struct{}{}
		case *docMark:
		default:
			out[m] = struct{}{}
		}
	}
	return out
}

// withoutDocuments returns a copy of marks without the structures of JSON texts.
func withoutDocuments(marks cty.ValueMarks) cty.ValueMarks {
	return only(marks, func(m any) bool { _, is := m.(*docMark); return !is })
}

// reasonsOnly returns what a value inherits from an unknown condition: why it is unknown.
func reasonsOnly(marks cty.ValueMarks) cty.ValueMarks {
	out := only(marks, func(m any) bool {
		switch m.(type) {
		case whyMark, sensitiveMark, inputMark:
			return true
		}
		return false
	})
	if len(out) > 0 {
		return out
	}
	return partly(marks)
}

// sensitiveOnly returns what a value inherits from a known condition.
func sensitiveOnly(marks cty.ValueMarks) cty.ValueMarks {
	return only(marks, func(m any) bool { _, is := m.(sensitiveMark); return is })
}

func only(marks cty.ValueMarks, keep func(any) bool) cty.ValueMarks {
	out := make(cty.ValueMarks, len(marks))
	for m := range marks {
		if keep(m) {
			out[m] = struct{}{}
		}
	}
	return out
}

// sameRefs says whether a and b hold the same references.
func sameRefs(a, b cty.ValueMarks) bool {
	isRef := func(m any) bool { _, is := m.(Ref); return is }
	return maps.Equal(only(a, isRef), only(b, isRef))
}
