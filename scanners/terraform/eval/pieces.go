package eval

import (
	"strings"

	"github.com/zclconf/go-cty/cty"
)

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
