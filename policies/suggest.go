package policies

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/agext/levenshtein"
)

// DidYouMean returns the name that given is most likely a misspelling of, or nothing. Of equally close ones it is the
// first.
func DidYouMean(given string, names []string) string {
	if len(given) > longestName {
		return ""
	}
	best, distance := "", max(2, utf8.RuneCountInString(given)/4)+1
	for _, name := range names {
		if d := levenshtein.Distance(strings.ToLower(given), strings.ToLower(name), nil); d < distance {
			best, distance = name, d
		}
	}
	return best
}

// longestName is how many bytes of a name are compared or shown.
const longestName = 64

// oneOf suggests the closest name, or lists them all.
func oneOf(given string, names []string) string {
	if s := DidYouMean(given, names); s != "" {
		return fmt.Sprintf("did you mean %q? The allowed values are %s", s, strings.Join(names, ", "))
	}
	return "the allowed values are " + strings.Join(names, ", ")
}

// clip shortens text for a message.
func clip(text string) string {
	if len(text) <= longestName {
		return text
	}
	cut := longestName
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "..."
}
