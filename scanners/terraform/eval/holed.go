package eval

import (
	"maps"
	"strconv"
	"strings"

	"github.com/zclconf/go-cty/cty"
)

// The runes around the number of a hole in a text. They are private-use characters; a text that has them itself is not
// given holes.
const (
	holeOpen  = '\ue000'
	holeClose = '\ue001'
	holeRaw   = '\ue002' // before the number of a hole that stands outside of any JSON string
)

// holed is a text with unknown parts.
type holed struct {
	text  string
	holes []cty.Value // marked
}

// canHole says whether holes can be told from the text.
func canHole(text string) bool {
	return !strings.ContainsAny(text, string([]rune{holeOpen, holeClose, holeRaw}))
}

// hole returns the text that stands for an unknown part.
func (h *holed) hole(v cty.Value) string {
	h.holes = append(h.holes, v)
	return string(holeOpen) + strconv.Itoa(len(h.holes)-1) + string(holeClose)
}

// value returns the unknown string that h is, with the marks of its holes.
func (h *holed) value() cty.Value {
	marks := h.allMarks()
	if h.only() {
		marks = withoutDocuments(marks)
	} else {
		marks = partly(marks)
	}
	v := cty.UnknownVal(cty.String).RefineNotNull().WithMarks(marks)
	if len(h.holes) > maxHoles {
		return v
	}
	return v.Mark(&docMark{text: cty.UnknownVal(cty.String), value: cty.NilVal, holed: h})
}

// allMarks returns the marks of all holes.
func (h *holed) allMarks() cty.ValueMarks {
	all := cty.ValueMarks{}
	for _, hole := range h.holes {
		maps.Copy(all, marksOf(hole))
	}
	return all
}

// only says whether h is nothing but one hole.
func (h *holed) only() bool {
	return len(h.holes) == 1 && h.text == string(holeOpen)+"0"+string(holeClose)
}

// hasText says whether a part of h is known.
func (h *holed) hasText() bool {
	rest, n := h.text, 0
	for rest != "" {
		before, after, _ := strings.Cut(rest, string(holeOpen))
		n += len(before)
		_, rest, _ = strings.Cut(after, string(holeClose))
	}
	return n > 0
}

// decode reads h as JSON. Strings with holes become unknown strings with the marks of the holes; a hole that stands for
// a whole JSON value becomes that value's structure where it has one.
func (h *holed) decode() (cty.Value, bool) {
	if h.only() {
		return cty.NilVal, false
	}
	doc, err := decodeJSON(cty.StringVal(h.quoted()))
	if err != nil {
		return cty.NilVal, false
	}
	return h.fill(doc), true
}

// quoted returns the text with quotes around the holes that stand outside of strings.
func (h *holed) quoted() string {
	var out strings.Builder
	inside, escaped := false, false
	for _, r := range h.text {
		switch {
		case inside && escaped:
			escaped = false
		case inside && r == '\\':
			escaped = true
		case r == '"':
			inside = !inside
		case !inside && r == holeOpen:
			out.WriteString(`"` + string(holeRaw))
			continue
		case !inside && r == holeClose:
			out.WriteByte('"')
			continue
		}
		out.WriteRune(r)
	}
	return out.String()
}

// fill replaces the holes in a decoded document.
func (h *holed) fill(v cty.Value) cty.Value {
	ty := v.Type()
	switch {
	case ty == cty.String && !v.IsNull():
		return h.fillText(v.AsString())
	case ty.IsTupleType():
		var elements []cty.Value
		for it := v.ElementIterator(); it.Next(); {
			_, element := it.Element()
			elements = append(elements, h.fill(element))
		}
		return cty.TupleVal(elements)
	case ty.IsObjectType():
		members := map[string]cty.Value{}
		for name := range ty.AttributeTypes() {
			if key := h.fillText(name); !key.IsKnown() {
				return cty.DynamicVal.WithMarks(marksOf(key))
			}
			members[name] = h.fill(v.GetAttr(name))
		}
		return cty.ObjectVal(members)
	}
	return v
}

// fillText returns a string of the document with its holes.
func (h *holed) fillText(text string) cty.Value {
	if raw, ok := strings.CutPrefix(text, string(holeRaw)); ok {
		if hole, ok := h.at(raw); ok {
			return structured(hole)
		}
	}
	if canHole(text) {
		return cty.StringVal(text)
	}
	sub := &holed{}
	for rest := text; rest != ""; {
		before, after, found := strings.Cut(rest, string(holeOpen))
		sub.text += before
		number, tail, _ := strings.Cut(after, string(holeClose))
		if hole, ok := h.at(number); found && ok {
			sub.text += sub.hole(hole)
		}
		rest = tail
	}
	return sub.value()
}

// at returns the hole of a number.
func (h *holed) at(number string) (cty.Value, bool) {
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n >= len(h.holes) {
		return cty.NilVal, false
	}
	return h.holes[n], true
}

// structured returns the structure of an unknown JSON text, or an unknown value of any type with its marks.
func structured(v cty.Value) cty.Value {
	plain, marks := v.Unmark()
	if d := standing(plain, marks); d != nil {
		if doc, ok := d.document(); ok {
			return doc
		}
	}
	return cty.DynamicVal.WithMarks(withoutDocuments(marksOf(v)))
}
