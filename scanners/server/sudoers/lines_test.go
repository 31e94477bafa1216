package sudoers

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestJoinedLines(t *testing.T) {
	const many = 100_000 // if each were joined by reading those before it again, this test would take minutes
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"one", "a b\n", []string{"a b", ""}},
		{"two", "a \\\n  b\n", []string{"a b", ""}},
		{"without an end", "a \\", []string{"a "}},
		{"a comment goes on to the end of its line", "a # b\\\nc\n", []string{`a # b\`, "c", ""}},
		{"a comment in the second", "a \\\n# b\\\nc\n", []string{`a # b\`, "c", ""}},
		{"the number of a user is no comment", "#1\\\n00 b\\\nc\n", []string{"#100 bc", ""}},
		{"a quoted mark is no comment", "\"a#\\\n# b\\\n\" c\n", []string{`"a## b" c`, ""}},
		{"an escaped mark is no comment", "a\\\\\n#b\\\nc\n", []string{`a\#bc`, ""}},
		{"a quote in a command is a character", "/a\\\n\"#b\\\nc\n", []string{`/a"#b\`, "c", ""}},
		{"many", strings.Repeat("a\\\n", many), []string{strings.Repeat("a", many)}},
	} {
		var got []string
		for _, line := range join("x", c.text) {
			got = append(got, line.Text)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %.500s", c.name, diff)
		}
	}
}
