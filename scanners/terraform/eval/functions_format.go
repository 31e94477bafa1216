package eval

import (
	"errors"
	"strings"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// errNullElement is the error of a list with a null where a text is needed.
var errNullElement = errors.New("element is null")

// formatFits says whether a format's result stays within the bounds.
func formatFits(args []cty.Value) bool {
	if !args[0].IsKnown() || args[0].IsNull() {
		return true
	}
	format := args[0].AsString()
	if widest(format) > 1000 {
		return false
	}
	longest, lists := 1, 1
	for _, a := range args[1:] {
		longest = max(longest, weigh(a, maxWeight)*100)
		lists = max(lists, lengthOf(a))
	}
	return len(format)*longest <= 16*maxText && len(format)*lists <= 4*maxText
}

// widest returns the largest number in the verbs of a format: a width, a precision or an index.
func widest(format string) int {
	largest := 0
	for _, verb := range strings.Split(format, "%") {
		number := 0
		for i := 0; i < len(verb) && !isLetter(verb[i]); i++ {
			if verb[i] < '0' || verb[i] > '9' {
				number = 0
				continue
			}
			number = min(number*10+int(verb[i]-'0'), 1<<20)
			largest = max(largest, number)
		}
	}
	return largest
}

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }

// formatFunction returns format. Unknown texts in a known format leave holes in the result, as in a template.
func formatFunction() function.Function {
	rest := anyParam("values")
	params := []function.Parameter{{Name: "format", Type: cty.String, AllowUnknown: true, AllowMarked: true}}
	return dynamicFunction(params, &rest, func(args []cty.Value) (cty.Value, error) {
		format, formatMarks := args[0].Unmark()
		if format.IsKnown() && format.AsString() == "%s" && len(args) == 2 && args[1].Type() == cty.String {
			return args[1].WithMarks(partly(formatMarks)), nil
		}
		plain, marks := unmarked(args)
		if !formatFits(plain) {
			return cty.NilVal, errTooLarge
		}
		if v, ok := formatHoled(args, plain); ok {
			return v.WithMarks(marks), nil
		}
		v, err := stdlib.FormatFunc.Call(plain)
		if err != nil {
			return cty.NilVal, err
		}
		return v.WithMarks(marks), nil
	})
}

// formatHoled formats with holes for the unknown texts; ok is false when there are none, or where that cannot be done.
func formatHoled(args, plain []cty.Value) (cty.Value, bool) {
	h := &holed{}
	if !plain[0].IsKnown() || !canHole(plain[0].AsString()) {
		return cty.NilVal, false
	}
	filled := append([]cty.Value(nil), plain...)
	for i := 1; i < len(plain); i++ {
		switch {
		case !plain[i].IsKnown():
			filled[i] = cty.StringVal(h.hole(args[i]))
		case !plain[i].IsWhollyKnown() || plain[i].Type() == cty.String && !plain[i].IsNull() && !canHole(plain[i].AsString()):
			return cty.NilVal, false
		}
	}
	if len(h.holes) == 0 {
		return cty.NilVal, false
	}
	v, err := stdlib.FormatFunc.Call(filled)
	if err != nil || !v.IsKnown() || v.IsNull() {
		return cty.NilVal, false
	}
	h.text = v.AsString()
	return h.value(), true
}
