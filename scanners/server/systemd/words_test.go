package systemd

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWords(t *testing.T) {
	for text, want := range map[string][]string{
		"":                     nil,
		"  \t ":                nil,
		"a  b\tc":              {"a", "b", "c"},
		`"a b" 'c d'`:          {"a b", "c d"},
		`OPTS="-o x" "B=1 2"`:  {"OPTS=-o x", "B=1 2"},
		`""`:                   {""},
		`a\ b "c\"d"`:          {"a b", `c"d`},
		`'it is "so"' "open x`: {`it is "so"`, "open x"},
	} {
		if diff := cmp.Diff(want, Words(text)); diff != "" {
			t.Errorf("%q (-want +got)\n%s", text, diff)
		}
	}
}
