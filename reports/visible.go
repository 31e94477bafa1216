package reports

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// visible returns s as one line that is safe to show anywhere: control characters, direction overrides, zero-width and
// unassigned characters and broken UTF-8 are written out as escapes such as \n, \x1b or \u202e; every sort of space is a
// space.
func visible(s string) string {
	if plainASCII(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		b.WriteString(visibleRune(r, s[i:i+size]))
		i += size
	}
	return b.String()
}

// visibleLines is visible for text of several lines: line ends stay, tabs become four spaces.
func visibleLines(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\t", "    ")
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = visible(lines[i])
	}
	return strings.Join(lines, "\n")
}

func visibleRune(r rune, raw string) string {
	switch {
	case r == utf8.RuneError && len(raw) == 1:
		return fmt.Sprintf(`\x%02x`, raw[0])
	case strconv.IsPrint(r):
		return raw
	case unicode.Is(unicode.Zs, r):
		return " "
	}
	quoted := strconv.QuoteRuneToASCII(r)
	return quoted[1 : len(quoted)-1]
}

func plainASCII(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}
