package eval

import (
	"strings"
	"testing"

	"github.com/zclconf/go-cty/cty"
)

func TestDecodeJSON(t *testing.T) {
	tests := map[string]struct {
		text string
		ok   bool
	}{
		"as deep as may be":      {strings.Repeat("[", jsonDepth) + strings.Repeat("]", jsonDepth), true},
		"too deep":               {strings.Repeat("[", jsonDepth+1) + strings.Repeat("]", jsonDepth+1), false},
		"objects":                {strings.Repeat(`{"a":`, jsonDepth+1) + "1" + strings.Repeat("}", jsonDepth+1), false},
		"brackets of a text":     {`"` + strings.Repeat("[", jsonDepth+1) + `"`, true},
		"after a quote in it":    {`"\"` + strings.Repeat("[", jsonDepth+1) + `"`, true},
		"after a text with \\":   {`["\\", ` + strings.Repeat("[", jsonDepth) + strings.Repeat("]", jsonDepth) + "]", false},
		"many beside each other": {"[" + strings.Repeat("[],", jsonDepth) + "[]]", true},
	}
	for name, test := range tests {
		if _, err := decodeJSON(cty.StringVal(test.text)); (err == nil) != test.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}
