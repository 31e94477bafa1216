package eval

import (
	"github.com/zclconf/go-cty/cty"

	"github.com/tomscan/tomscan/evidence"
)

// docMark keeps the structure of a JSON text beside the text, which is unknown as a whole as soon as one part of it is.
// It has either the value, or the text with holes from which the value is made when somebody asks for it.
type docMark struct {
	text  cty.Value // unmarked string
	value cty.Value // marked; cty.NilVal when there are holes
	holed *holed
}

// JSON returns the structure of the JSON text that the attribute holds: of jsonencode, of a computed policy document, or
// of a literal text. Parts of it may be unknown; they carry their marks. known is false when there is no structure at
// all, and why says why: the text is unknown, or it is not JSON.
func (a Attr) JSON() (doc cty.Value, known bool, why evidence.Reason) {
	if a.IsUnset() {
		return cty.NilVal, false, evidence.Because("unset", "attribute", a.name)
	}
	return documentOf(a)
}

func documentOf(a Attr) (cty.Value, bool, evidence.Reason) {
	value, marks := a.value.Unmark()
	found := standing(value, marks)
	switch {
	case found != nil:
		if doc, ok := found.document(); ok {
			return doc, true, evidence.Reason{}
		}
		return cty.NilVal, false, firstReason(a.Why(), evidence.Because("not_json", "attribute", a.name))
	case !value.IsKnown():
		return cty.NilVal, false, a.Why()
	case value.Type() != cty.String:
		return cty.NilVal, false, a.wrongType()
	}
	doc, err := decodeJSON(value)
	if err != nil {
		return cty.NilVal, false, evidence.Because("not_json", "attribute", a.name)
	}
	return doc, true, evidence.Reason{}
}

// standing returns the structure that stands behind a text: the one of its documents that fits, nil when there is none
// or when it could be one of several.
func standing(text cty.Value, marks cty.ValueMarks) *docMark {
	var found []*docMark
	for m := range marks {
		if d, ok := m.(*docMark); ok && d.stands(text) {
			found = append(found, d)
		}
	}
	if len(found) == 1 || len(found) > 1 && text.IsKnown() {
		return found[0]
	}
	return nil
}

// stands says whether d is the structure of text.
func (d *docMark) stands(text cty.Value) bool {
	if d.text.IsKnown() != text.IsKnown() {
		return false
	}
	return !text.IsKnown() || text.Type() == cty.String && !text.IsNull() && d.text.RawEquals(text)
}

// document returns the structure.
func (d *docMark) document() (cty.Value, bool) {
	if d.holed != nil {
		return d.holed.decode()
	}
	return d.value, d.value != cty.NilVal
}

func firstReason(reasons ...evidence.Reason) evidence.Reason {
	for _, r := range reasons {
		if r.Code != "" {
			return r
		}
	}
	return evidence.Reason{}
}
