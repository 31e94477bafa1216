package sudoers

import (
	"regexp"
	"strings"
)

// place is what a pattern is matched against.
type place bool

// What patterns are matched against. Of paths no wildcard stands for a slash, nor for a dot at the beginning of a name, as in glob(7).
const (
	ofWords place = false
	ofPaths place = true
)

// matches matches a pattern as fnmatch(3) does. Classes of characters, as [[:alpha:]], are not known here: they depend on the locale.
func matches(pattern, text string, at place) result {
	if strings.Contains(pattern, "[:") || strings.Contains(pattern, "[.") || strings.Contains(pattern, "[=") || len(pattern)*len(text) > patternLimit*patternLimit {
		return unknown
	}
	return known(wildcard(pattern, text, at))
}

// patternLimit bounds patterns and what they are held against: what a * stands for is tried in turn.
const patternLimit = 200

// wildcard goes back to the last * where the rest does not match.
func wildcard(pattern, text string, at place) bool {
	p, t, star, mark := 0, 0, -1, 0
	for t < len(text) {
		if p < len(pattern) && pattern[p] == '*' && !hidden(text, t, at) {
			star, mark = p, t
			p++
			continue
		}
		if p < len(pattern) {
			if n, ok := one(pattern[p:], text, t, at); ok {
				p, t = p+n, t+1
				continue
			}
		}
		if star < 0 || at == ofPaths && text[mark] == '/' {
			return false
		}
		mark++
		p, t = star+1, mark
	}
	return strings.Trim(pattern[p:], "*") == ""
}

// hidden says whether a dot begins a name, which no wildcard stands for.
func hidden(text string, t int, at place) bool {
	return at == ofPaths && text[t] == '.' && t > 0 && text[t-1] == '/'
}

// one matches one character with the beginning of a pattern, and says how long that is.
func one(pattern, text string, t int, at place) (int, bool) {
	c := text[t]
	wild := !hidden(text, t, at) && (at != ofPaths || c != '/')
	switch {
	case pattern[0] == '?':
		return 1, wild
	case pattern[0] == '[':
		if n, in := set(pattern, c); n > 0 {
			return n, in && wild
		}
	case pattern[0] == '\\' && len(pattern) > 1:
		return 2, pattern[1] == c
	}
	return 1, pattern[0] == c
}

// set says whether a character is in [...], and how long that is: 0 where it has no end, and a bracket is meant.
func set(pattern string, c byte) (int, bool) {
	i, not, in := 1, false, false
	if strings.HasPrefix(pattern[1:], "!") || strings.HasPrefix(pattern[1:], "^") {
		i, not = 2, true
	}
	for first := true; i < len(pattern); first = false {
		low := pattern[i]
		if low == ']' && !first {
			return i + 1, in != not
		}
		if low == '\\' && i+1 < len(pattern) {
			i++
			low = pattern[i]
		}
		high := low
		if i+2 < len(pattern) && pattern[i+1] == '-' && pattern[i+2] != ']' {
			i += 2
			high = pattern[i]
		}
		in = in || low <= c && c <= high
		i++
	}
	return 0, false
}

// plainRE are the expressions that every implementation of POSIX reads alike: none with letters or digits behind a backslash, and no
// repetition of repetitions.
var plainRE = regexp.MustCompile(`^((\\[^0-9A-Za-z<>'` + "`" + `]|\[\^?[0-9A-Za-z_./,: -]+\]|[^\\\[{|(^*+?])[*+?]?|[|(^])*$`)

// expression matches a POSIX extended regular expression from its ^ to its $. https://www.sudo.ws/docs/man/sudoers.man/#Regular_expressions
func expression(pattern, text string) result {
	if len(pattern) > patternLimit || len(text) > patternLimit || !plainRE.MatchString(pattern) {
		return unknown
	}
	e, err := regexp.CompilePOSIX(pattern)
	if err != nil {
		return unknown
	}
	return known(e.MatchString(text))
}
