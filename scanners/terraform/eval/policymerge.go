package eval

import (
	"github.com/zclconf/go-cty/cty"
)

// combine returns s with the statements of other documents: source documents come first, override documents replace
// statements of the same Sid.
func (s statements) combine(a Attr, override bool) statements {
	if a.IsUnset() {
		return s
	}
	other := statements{}
	plain, marks := a.value.Unmark()
	if !plain.IsKnown() || !plain.CanIterateElements() {
		other.open = append(other.open, cty.DynamicVal.WithMarks(withoutDocuments(marks)))
	} else {
		for it := plain.ElementIterator(); it.Next(); {
			_, element := it.Element()
			other = other.merge(documentStatements(Attr{name: a.name, value: element.WithMarks(marks)}))
		}
	}
	if override {
		return s.merge(other)
	}
	return other.merge(s)
}

// documentStatements returns the statements of a JSON document.
func documentStatements(a Attr) statements {
	if a.IsUnset() || isEmpty(a.value) {
		return statements{}
	}
	doc, ok, why := documentOf(a)
	if !ok {
		return statements{open: []cty.Value{cty.DynamicVal.Mark(mark(why))}}
	}
	doc, marks := doc.Unmark()
	ty := doc.Type()
	if !doc.IsKnown() || doc.IsNull() || !ty.IsObjectType() || !ty.HasAttribute("Statement") {
		if doc.IsKnown() {
			return statements{}
		}
		return statements{open: []cty.Value{cty.DynamicVal.WithMarks(marks)}}
	}
	list, listMarks := doc.GetAttr("Statement").Unmark()
	switch {
	case !list.IsKnown():
		return statements{open: []cty.Value{cty.DynamicVal.WithMarks(marks, listMarks)}}
	case list.Type().IsObjectType():
		return statements{list: []cty.Value{list.WithMarks(marks, listMarks)}}
	case list.IsNull() || !list.CanIterateElements():
		return statements{}
	}
	var s statements
	for it := list.ElementIterator(); it.Next(); {
		_, element := it.Element()
		if element = element.WithMarks(marks, listMarks); element.IsKnown() {
			s.list = append(s.list, element)
		} else {
			s.open = append(s.open, element)
		}
	}
	return s
}

// merge returns s with the statements of over, which replace those of the same Sid.
func (s statements) merge(over statements) statements {
	out := statements{open: append(s.open[:len(s.open):len(s.open)], over.open...)}
	position := map[string]int{}
	for _, list := range [][]cty.Value{s.list, over.list} {
		for _, v := range list {
			sid := sidOf(v)
			if at, ok := position[sid]; ok && sid != "" {
				out.list[at] = v
				continue
			}
			position[sid] = len(out.list)
			out.list = append(out.list, v)
		}
	}
	return out
}

// sidOf returns the known Sid of a statement, "" when there is none.
func sidOf(v cty.Value) string {
	v, _ = v.UnmarkDeep()
	if !v.IsKnown() || v.IsNull() || !v.Type().IsObjectType() || !v.Type().HasAttribute("Sid") {
		return ""
	}
	sid := v.GetAttr("Sid")
	if sid.Type() != cty.String || !sid.IsKnown() || sid.IsNull() {
		return ""
	}
	return sid.AsString()
}
