package terraform

import (
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// member returns the member of an object or a map; cty.NilVal when there is none or it is null. Names of elements of a
// policy are compared without case, as AWS does.
func member(v cty.Value, name string) cty.Value {
	v, _ = v.Unmark()
	if v == cty.NilVal || v.IsNull() || !v.IsKnown() || !v.CanIterateElements() {
		return cty.NilVal
	}
	if !hasMembers(v.Type()) {
		return cty.NilVal
	}
	for key, m := range v.Elements() {
		k, _ := key.Unmark()
		if plain, _ := m.Unmark(); strings.EqualFold(k.AsString(), name) && !plain.IsNull() {
			return m
		}
	}
	return cty.NilVal
}

// memberNames returns the names of the members of an object or a map, sorted.
func memberNames(v cty.Value) []string {
	v, _ = v.Unmark()
	if v.IsNull() || !v.IsKnown() || !v.CanIterateElements() || !hasMembers(v.Type()) {
		return nil
	}
	var names []string
	for key := range v.Elements() {
		k, _ := key.Unmark()
		names = append(names, k.AsString())
	}
	slices.Sort(names)
	return names
}

// elements returns the elements of a list, or v alone when it is none: a policy writes one element without brackets.
func elements(v cty.Value, why evidence.Reason) ([]cty.Value, []evidence.Reason) {
	plain, marks := v.Unmark()
	switch {
	case plain == cty.NilVal || plain.IsNull():
		return nil, nil
	case !plain.IsKnown() && (plain.Type() == cty.String || len(eval.RefsOf(v)) > 0):
		return []cty.Value{v}, nil
	case !plain.IsKnown():
		return nil, []evidence.Reason{reasonOr(why)}
	case !isList(plain.Type()):
		return []cty.Value{v}, nil
	}
	var all []cty.Value
	for _, e := range plain.Elements() {
		all = append(all, e.WithMarks(marks))
	}
	return all, nil
}

func hasMembers(t cty.Type) bool { return t.IsObjectType() || t.IsMapType() }

func isList(t cty.Type) bool { return t.IsListType() || t.IsSetType() || t.IsTupleType() }

// termsOf reads a text or a list of texts.
func termsOf(v cty.Value, why evidence.Reason) awsrules.Terms {
	if v == cty.NilVal {
		return awsrules.Terms{}
	}
	items, more := elements(v, why)
	t := awsrules.Terms{Written: true, More: more}
	for _, item := range items {
		t.All = append(t.All, termOf(item, why))
	}
	return t
}

// termOf reads one text; numbers and booleans become texts as JSON writes them.
func termOf(v cty.Value, why evidence.Reason) awsrules.Term {
	w := written{refs: eval.RefsOf(v)}
	t := awsrules.Term{Names: len(w.refs) > 0, Why: reasonOr(why), Source: w}
	plain, _ := v.UnmarkDeep()
	if !plain.IsKnown() {
		t.Prefix = prefixOf(plain)
		if known, parts, ok := eval.Pieces(v); ok && len(parts) > 0 {
			w.pieces, w.parts = known, parts
			t.Prefix, t.Source = known[0], w
		}
		return t
	}
	if plain.IsNull() {
		return t
	}
	s, err := convert.Convert(plain, cty.String)
	if err != nil || s.IsNull() || !s.IsKnown() {
		return t
	}
	t.Text, t.Known = s.AsString(), true
	return t
}

// prefixOf returns how an unknown text is known to begin.
func prefixOf(v cty.Value) string {
	if v.Type() != cty.String {
		return ""
	}
	return v.Range().StringPrefix()
}

// reasonOr returns why, or a general reason where the evaluator gave none.
func reasonOr(why evidence.Reason) evidence.Reason {
	if why.Code == "" {
		return evidence.Because("policy_part_not_known")
	}
	return why
}
