package capture

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// moduleRE are the first words of lines of PAM and of nsswitch.conf, where "password" is no secret's name.
var moduleRE = regexp.MustCompile(`^\s*-?(password\s+(required|requisite|sufficient|optional|include|substack|\[)|passwd:\s)`)

// Excerpt is what may be shown of a line: secrets replaced, control characters dropped, and no longer than limit bytes.
func Excerpt(line string, limit int) string {
	kind := text
	if moduleRE.MatchString(line) {
		kind = words
	}
	line, _, _ = strings.Cut(strings.ToValidUTF8(line, "?"), "\n")
	clean, _ := redact(kind, []byte(line))
	shown := strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r): // format characters turn text around
			return -1
		}
		return r
	}, string(clean))
	if len(shown) <= limit {
		return shown
	}
	for limit > 0 && !utf8.RuneStart(shown[limit]) {
		limit--
	}
	return shown[:limit]
}
