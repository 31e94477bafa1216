package eval

import (
	"strings"

	"github.com/zclconf/go-cty/cty"
)

// Around takes an unknown text apart that has one unknown part, which surely is one reference, with a known text before
// and after it: "${aws_eip.e.public_ip}/32".
func (a Attr) Around() (before string, ref Ref, after string, ok bool) {
	texts, parts, ok := Pieces(a.value)
	if !ok || len(parts) != 1 {
		return "", Ref{}, "", false
	}
	ref, ok = onlyRef(parts[0])
	return texts[0], ref, texts[1], ok
}

// Pieces takes an unknown text apart: known holds the texts before, between and after its unknown parts, one more than
// there are parts. It is false for a text of which nothing but its marks is known.
func Pieces(v cty.Value) (known []string, parts []cty.Value, ok bool) {
	if v == cty.NilVal {
		return nil, nil, false
	}
	plain, marks := v.Unmark()
	d := standing(plain, marks)
	if d == nil || d.holed == nil {
		return nil, nil, false
	}
	rest := d.holed.text
	for {
		before, after, found := strings.Cut(rest, string(holeOpen))
		known = append(known, before)
		if !found {
			return known, parts, true
		}
		number, tail, _ := strings.Cut(after, string(holeClose))
		part, there := d.holed.at(number)
		if !there {
			return nil, nil, false
		}
		parts, rest = append(parts, part), tail
	}
}
