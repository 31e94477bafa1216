package eval

import (
	"regexp"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// replaceFunction returns replace; a pattern between slashes is a regular expression. A plain pattern is also replaced
// by a text that is not known, and in the texts of a JSON document of which parts are not known.
func replaceFunction() function.Function {
	text := func(name string) function.Parameter {
		return function.Parameter{Name: name, Type: cty.String, AllowUnknown: true, AllowMarked: true}
	}
	return dynamicFunction([]function.Parameter{text("text"), text("pattern"), text("by")}, nil, func(args []cty.Value) (cty.Value, error) {
		plain, marks := unmarked(args)
		s := substitution{by: args[2]}
		if plain[1].IsKnown() {
			s.pattern = plain[1].AsString()
		}
		switch {
		case plain[0].IsKnown() && plain[1].IsKnown() && plain[2].IsKnown():
			v, err := replaceAll(plain[0].AsString(), s.pattern, plain[2].AsString())
			if err != nil {
				return cty.NilVal, err
			}
			return v.WithMarks(marks), nil
		case s.fits() && plain[0].IsKnown():
			return s.text(args[0]), nil
		case s.fits():
			if v, ok := s.document(args[0]); ok {
				return v, nil
			}
		}
		return cty.UnknownVal(cty.String).RefineNotNull().WithMarks(marks), nil
	})
}

// replaceAll replaces in texts that are all known.
func replaceAll(text, pattern, by string) (cty.Value, error) {
	if isExpression(pattern) {
		re, err := regexp.Compile(pattern[1 : len(pattern)-1])
		if err != nil {
			return cty.NilVal, err
		}
		if (len(text)+1)*(len(by)+1)*(strings.Count(by, "$")*len(text)+1) > 8*maxText {
			return cty.NilVal, errTooLarge
		}
		return cty.StringVal(re.ReplaceAllString(text, by)), nil
	}
	if (strings.Count(text, pattern)+1)*len(by) > maxText {
		return cty.NilVal, errTooLarge
	}
	return cty.StringVal(strings.ReplaceAll(text, pattern, by)), nil
}

func isExpression(pattern string) bool {
	return len(pattern) > 1 && pattern[0] == '/' && pattern[len(pattern)-1] == '/'
}

// substitution replaces a known pattern, that is no part of JSON's own syntax, by a value that may be unknown.
type substitution struct {
	pattern string
	by      cty.Value // marked
}

// fits says whether the pattern can be looked for in texts with unknown parts. What takes its place does not change the
// structure of a document.
func (s substitution) fits() bool {
	by, _ := s.by.Unmark()
	return s.pattern != "" && !isExpression(s.pattern) && canHole(s.pattern) && !strings.ContainsAny(s.pattern, "\"\\{}[],:") &&
		(!by.IsKnown() || canHole(by.AsString()) && !strings.ContainsAny(by.AsString(), "\"\\\n"))
}

// document replaces in the texts of the document that stands behind an unknown text.
func (s substitution) document(text cty.Value) (cty.Value, bool) {
	plain, marks := text.Unmark()
	d := standing(plain, marks)
	if d == nil {
		return cty.NilVal, false
	}
	doc, ok := d.document()
	if !ok {
		return s.text(text), d.holed != nil && !d.holed.only()
	}
	if doc, ok = s.inside(doc); !ok {
		return cty.NilVal, false
	}
	v, err := encodeJSON(doc)
	return v, err == nil
}

// inside replaces in all texts of v; ok is false where the pattern is in the name of a member.
func (s substitution) inside(v cty.Value) (replaced cty.Value, ok bool) {
	plain, marks := v.Unmark()
	ty := plain.Type()
	switch {
	case ty == cty.String && !(plain.IsKnown() && plain.IsNull()):
		return s.text(v), true
	case !plain.IsKnown() || plain.IsNull() || !plain.CanIterateElements():
		return v, true
	case ty.IsObjectType() || ty.IsMapType():
		members := map[string]cty.Value{}
		for it := plain.ElementIterator(); it.Next(); {
			key, element := it.Element()
			if members[key.AsString()], ok = s.inside(element); !ok || strings.Contains(key.AsString(), s.pattern) {
				return cty.NilVal, false
			}
		}
		return cty.ObjectVal(members).WithMarks(marks), true
	}
	var elements []cty.Value
	for it := plain.ElementIterator(); it.Next(); {
		_, element := it.Element()
		if element, ok = s.inside(element); !ok {
			return cty.NilVal, false
		}
		elements = append(elements, element)
	}
	return cty.TupleVal(elements).WithMarks(marks), true
}

// text replaces in one text, and in the known parts of an unknown one. The text is returned as it is when the pattern is
// not in it.
func (s substitution) text(v cty.Value) cty.Value {
	plain, marks := v.Unmark()
	from := &holed{}
	switch d := standing(plain, marks); {
	case plain.IsKnown():
		from.text = plain.AsString()
		if !canHole(from.text) {
			return cty.UnknownVal(cty.String).WithMarks(partly(marks), partly(marksOf(s.by)))
		}
	case d != nil && d.holed != nil:
		from = d.holed
	}
	if !strings.Contains(from.text, s.pattern) {
		return v
	}
	w := &writer{marks: cty.ValueMarks{}}
	for i, piece := range strings.Split(from.text, s.pattern) {
		if i > 0 {
			w.part(s.by, nil)
		}
		part := &holed{text: piece, holes: from.holes}
		w.text.WriteString(part.renumber(&w.holes))
		w.closed = w.closed || w.text.Len() > maxText
	}
	return w.value().WithMarks(partly(marks))
}
