package reports

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                   "plain",
		"Åäö ß – ✓ 日本":            "Åäö ß – ✓ 日本",
		"a\nb\tc\r":               `a\nb\tc\r`,
		"\x1b[31mred":             `\x1b[31mred`,
		"\u009b2J":                `\u009b2J`,
		"\u202egnp.exe":           `\u202egnp.exe`,
		"zero\u200bwidth\u00a0no": `zero\u200bwidth no`,
		"bad\xff":                 `bad\xff`,
		"\U000e0041":              `\U000e0041`,
	} {
		if got := visible(in); got != want {
			t.Errorf("visible(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestNothingReachesATerminalRaw looks for characters that a terminal or an editor would obey in every format.
func TestNothingReachesATerminalRaw(t *testing.T) {
	for _, f := range Formats() {
		for _, color := range []bool{false, true} {
			text := string(render(t, f.Render, fixtureWithErrors(), Options{Width: 80, Color: color}))
			if color {
				text = sgr.ReplaceAllString(text, "")
			}
			for n, line := range strings.Split(text, "\n") {
				if visible(line) != line && !strings.ContainsAny(line, "\t") {
					t.Errorf("%s: line %d holds a raw character: %q", f.Name, n+1, line)
				}
			}
		}
	}
}

// sgr is a change of colour.
var sgr = regexp.MustCompile(`\x1b\[[0-9;]+m`)

func FuzzVisible(f *testing.F) {
	for _, seed := range []string{hostileLines, hostileName, "å\xff\u2028"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := visibleLines(s)
		if !utf8.ValidString(got) {
			t.Errorf("%q is not UTF-8", got)
		}
		for line := range strings.Lines(got) {
			if line = strings.TrimSuffix(line, "\n"); visible(line) != line {
				t.Errorf("%q still has characters to escape", line)
			}
		}
	})
}

func FuzzWrap(f *testing.F) {
	f.Add(longAddress, 40)
	f.Add("a 日本 b", 9)
	f.Fuzz(func(t *testing.T, s string, width int) {
		if width < 8 || width > 200 {
			return
		}
		s = visible(s)
		lines := wrap(s, width)
		for _, l := range lines {
			if columns(l) > width {
				t.Errorf("line %q has %d columns, more than %d", l, columns(l), width)
			}
		}
		if got, want := strings.Join(strings.Fields(strings.Join(lines, "")), ""), strings.Join(strings.Fields(s), ""); got != want {
			t.Errorf("characters were lost: %q, want %q", got, want)
		}
	})
}
