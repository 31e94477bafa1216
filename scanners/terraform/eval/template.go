package eval

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// template is a quoted or heredoc text with interpolations. HCL's own is wholly unknown as soon as one part is; this one
// keeps the known text around the unknown parts, so that a policy in it can still be read.
type template struct{ *hclsyntax.TemplateExpr }

// Value renders the template.
func (t *template) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	w := &writer{marks: cty.ValueMarks{}}
	for _, part := range t.Parts {
		if join, ok := part.(*hclsyntax.TemplateJoinExpr); ok {
			w.join(ctx, join)
			continue
		}
		v, diags := part.Value(ctx)
		w.diags = append(w.diags, diags...)
		w.part(v, part)
	}
	if w.diags.HasErrors() {
		return cty.UnknownVal(cty.String).WithMarks(partly(w.marks)), w.diags
	}
	return w.value(), w.diags
}

// writer puts a template's parts together.
type writer struct {
	text   strings.Builder
	marks  cty.ValueMarks // of the known parts
	holes  holed
	closed bool // too long
	odd    bool // the known text has the runes that mark holes
	diags  hcl.Diagnostics
}

// join writes the elements of a template's for directive.
func (w *writer) join(ctx *hcl.EvalContext, join *hclsyntax.TemplateJoinExpr) {
	tuple, diags := join.Tuple.Value(ctx)
	w.diags = append(w.diags, diags...)
	plain, marks := tuple.Unmark()
	if !plain.IsKnown() || plain.IsNull() || !plain.CanIterateElements() {
		w.part(cty.UnknownVal(cty.String).WithMarks(partly(marks)), join)
		return
	}
	for m := range partly(marks) {
		w.marks[m] = struct{}{}
	}
	for it := plain.ElementIterator(); it.Next(); {
		_, element := it.Element()
		w.part(element, join)
	}
}

// part writes one part.
func (w *writer) part(v cty.Value, from hcl.Expression) {
	plain, marks := v.Unmark()
	if plain.IsNull() {
		w.fail(from, "The expression result is null. Cannot include a null value in a string template.")
		return
	}
	if !plain.IsKnown() {
		w.unknown(plain, marks)
		return
	}
	if w.closed = w.closed || heavy(plain); w.closed {
		w.marks[because("value_too_large")] = struct{}{}
		return
	}
	text, err := convert.Convert(plain, cty.String)
	if err != nil {
		w.fail(from, "Cannot include the given value in a string template.")
		return
	}
	for m := range marks {
		w.marks[m] = struct{}{}
	}
	s := text.AsString()
	if w.text.Len()+len(s) > maxText {
		w.closed = true
		w.marks[because("value_too_large")] = struct{}{}
		return
	}
	w.odd = w.odd || !canHole(s)
	w.text.WriteString(s)
}

// unknown writes an unknown part: the known text around its own unknown parts where it has some.
func (w *writer) unknown(v cty.Value, marks cty.ValueMarks) {
	if d := standing(v, marks); d != nil && d.holed != nil && w.text.Len()+len(d.holed.text) <= maxText {
		w.text.WriteString(d.holed.renumber(&w.holes))
		return
	}
	w.text.WriteString(w.holes.hole(v.WithMarks(marks)))
}

// renumber appends the holes of h to into and returns h's text with their new numbers.
func (h *holed) renumber(into *holed) string {
	var out strings.Builder
	for rest := h.text; rest != ""; {
		before, after, _ := strings.Cut(rest, string(holeOpen))
		out.WriteString(before)
		number, tail, _ := strings.Cut(after, string(holeClose))
		if hole, ok := h.at(number); ok {
			out.WriteString(into.hole(hole))
		}
		rest = tail
	}
	return out.String()
}

func (w *writer) fail(from hcl.Expression, detail string) {
	w.diags = append(w.diags, &hcl.Diagnostic{Severity: hcl.DiagError, Summary: "Invalid template interpolation value",
		Detail: detail, Subject: from.Range().Ptr()})
}

// value returns what was written: a known text, or an unknown one that keeps its known parts.
func (w *writer) value() cty.Value {
	switch {
	case w.closed, w.odd && len(w.holes.holes) > 0:
		return cty.UnknownVal(cty.String).WithMarks(partly(w.marks), partly(w.holes.allMarks()))
	case len(w.holes.holes) == 0:
		return cty.StringVal(w.text.String()).WithMarks(partly(w.marks))
	}
	w.holes.text = w.text.String()
	return w.holes.value().WithMarks(partly(w.marks))
}
