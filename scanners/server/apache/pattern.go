package apache

import (
	"regexp"
	"regexp/syntax"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/webtls"
)

// often says how often something holds over the requests that are looked at.
type often int

// sometimes is for what is not known too: both ways are gone.
const (
	never often = iota
	sometimes
	always
)

func (o often) not() often { return always - o }

func whether(b bool) often {
	if b {
		return always
	}
	return never
}

// both is how often two things hold together, where nothing is known of how they go together; either is how often one of them does.
func both(a, b often) often   { return min(a, b) }
func either(a, b often) often { return max(a, b) }

// text is a value that a request gives: one string, a string that is like it, any path, or any string.
type text struct {
	s    string
	kind textKind
}

type textKind int

const (
	exact   textKind = iota // this string
	sample                  // some string that configurations do not name, such as s
	anyPath                 // any path that begins with a slash
	anyText
)

// patternLimit bounds expressions.
const patternLimit = 4096

// matches says how often a Perl expression matches a text. The dot matches line ends too, as by default in httpd since 2.4.30:
// https://httpd.apache.org/docs/2.4/mod/core.html#regexdefaultoptions
func matches(pattern string, fold bool, t text) often {
	if t.kind == anyPath && exempt(pattern) {
		return never
	}
	re, parsed := compile(pattern, fold)
	if re == nil {
		return sometimes
	}
	switch t.kind {
	case exact:
		return whether(re.MatchString(t.s))
	case sample:
		if !re.MatchString(t.s) || !covers(parsed, false) {
			return sometimes
		}
		return always
	}
	if covers(parsed, t.kind == anyPath) {
		return always
	}
	return sometimes
}

// lookahead is a condition against names that authorities ask for.
var lookahead = regexp.MustCompile(`\(\?!/?\\?/?\\?` + webtls.Validation + `[^()|]*\)`)

// compile reads an expression. Perl's that Go does not know give nil.
func compile(pattern string, fold bool) (*regexp.Regexp, *syntax.Regexp) {
	if len(pattern) > patternLimit {
		return nil, nil
	}
	pattern = "(?s)" + lookahead.ReplaceAllString(pattern, "")
	if fold {
		pattern = "(?i)" + pattern
	}
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil, nil
	}
	re, err := regexp.Compile(pattern)
	if err != nil {
		return nil, nil
	}
	return re, parsed
}

// exempt says that an expression matches only what certificate authorities ask for to see that a name belongs to somebody: they must be
// answered in clear text (https://datatracker.ietf.org/doc/html/rfc8555#section-8.3).
func exempt(pattern string) bool {
	if pattern = lookahead.ReplaceAllString(pattern, ""); strings.Contains(pattern, "|") {
		return false
	}
	return validation.MatchString(pattern) || dcv.MatchString(pattern)
}

// What authorities ask for: their names below /.well-known, and the files that cPanel's rules name, from the begin of the path to its end.
var (
	validation = regexp.MustCompile(`^(\^/?\\?|/)` + webtls.Validation + `(/|$)`)
	dcv        = regexp.MustCompile(`^\^/.*(\\\.cpaneldcv|\.txt\(\?:\\ Comodo\\ DCV\)\?)\$$`)
)

// covers says that an expression matches every string, or every one that begins with a slash. It knows the simple forms.
func covers(re *syntax.Regexp, slash bool) bool {
	if re.Op == syntax.OpCapture {
		re = re.Sub[0]
	}
	if re.Op == syntax.OpAlternate {
		for _, sub := range re.Sub {
			if covers(sub, slash) {
				return true
			}
		}
		return false
	}
	all := false // what came before can take the whole rest
	for _, part := range flat(re, nil) {
		switch {
		case part.Op == syntax.OpBeginText || part.Op == syntax.OpBeginLine || part.Op == syntax.OpEmptyMatch:
		case part.Op == syntax.OpEndText || part.Op == syntax.OpEndLine:
			if !all {
				return false
			}
		case anything(part) && (part.Op == syntax.OpStar || slash):
			all = true
		case slash && !all && takesSlash(part):
			slash = false
		case nullable(part):
		default:
			return false
		}
	}
	return true
}

// flat lists the parts of an expression without its groups.
func flat(re *syntax.Regexp, into []*syntax.Regexp) []*syntax.Regexp {
	switch re.Op {
	case syntax.OpConcat, syntax.OpCapture:
		for _, sub := range re.Sub {
			into = flat(sub, into)
		}
		return into
	case syntax.OpLiteral:
		for _, r := range re.Rune {
			into = append(into, &syntax.Regexp{Op: syntax.OpLiteral, Rune: []rune{r}})
		}
		return into
	}
	return append(into, re)
}

// anything is .* or .+
func anything(re *syntax.Regexp) bool {
	return (re.Op == syntax.OpStar || re.Op == syntax.OpPlus) && re.Sub[0].Op == syntax.OpAnyChar
}

// takesSlash says that a part takes the slash at the beginning of a path.
func takesSlash(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpLiteral:
		return len(re.Rune) == 1 && re.Rune[0] == '/'
	case syntax.OpAnyChar:
		return true
	case syntax.OpQuest:
		return takesSlash(re.Sub[0])
	}
	return false
}

// nullable says that a part may take nothing.
func nullable(re *syntax.Regexp) bool {
	return re.Op == syntax.OpStar || re.Op == syntax.OpQuest || re.Op == syntax.OpEmptyMatch || re.Op == syntax.OpCapture && nullable(re.Sub[0])
}
