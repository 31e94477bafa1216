package eval

import (
	"errors"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// jsonDepth is how deep lists and objects of a JSON text may lie in each other. cty reads them by recursion, which ends the program where
// the stack ends.
const jsonDepth = 1000

// decodeJSON reads a JSON text.
func decodeJSON(text cty.Value) (cty.Value, error) {
	if !text.IsNull() && text.Type() == cty.String && tooDeep(text.AsString()) {
		return cty.NilVal, errors.New("too deep")
	}
	return stdlib.JSONDecode(text)
}

// tooDeep says whether more brackets are open somewhere than a text may have.
func tooDeep(text string) bool {
	open, inside, escaped := 0, false, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case inside:
			inside = escaped || c != '"'
			escaped = !escaped && c == '\\'
		case c == '"':
			inside = true
		case c == '[' || c == '{':
			if open++; open > jsonDepth {
				return true
			}
		case c == ']' || c == '}':
			open--
		}
	}
	return false
}
