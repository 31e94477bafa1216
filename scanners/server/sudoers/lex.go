package sudoers

import (
	"regexp"
	"strings"
)

// blank are the characters that part words.
const blank = " \t"

// lexer reads words of one logical line.
type lexer struct{ rest string }

var (
	addressRE = regexp.MustCompile(`^[0-9a-fA-F]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(/[0-9]+)?`) // IPv6: colons are part of it
	digestRE  = regexp.MustCompile(`^sha(224|256|384|512)[ \t]*:[ \t]*[0-9a-zA-Z+/=]+[ \t]*`)
	idRE      = regexp.MustCompile(`^#-?[0-9]`) // a user id, no comment
	// scopeRE is what follows Defaults where the line is about some only; with a blank after the mark sudo takes it for an error.
	scopeRE = regexp.MustCompile(`^[:@>!][ \t]*!*"?(#-?[0-9]|[^#>!=:,() \t\\"]|\\[^\t])`)
)

// skip passes blanks and a comment.
func (l *lexer) skip() {
	l.rest = strings.TrimLeft(l.rest, blank)
	if strings.HasPrefix(l.rest, "#") && !idRE.MatchString(l.rest) {
		l.rest = ""
	}
}

// end says whether the line is read.
func (l *lexer) end() bool {
	l.skip()
	return l.rest == ""
}

// take passes a mark where it comes next.
func (l *lexer) take(mark string) bool {
	l.skip()
	rest, ok := strings.CutPrefix(l.rest, mark)
	if ok {
		l.rest = rest
	}
	return ok
}

// word reads a name, which may be quoted or have escaped characters. It is empty where none comes.
func (l *lexer) word() string {
	l.skip()
	if address := addressRE.FindString(l.rest); address != "" {
		l.rest = l.rest[len(address):]
		return address
	}
	if strings.HasPrefix(l.rest, `"`) {
		text, _ := l.quoted()
		return text
	}
	var b strings.Builder
	for len(l.rest) > 0 {
		c, escape := l.rest[0], l.rest[0] == '\\' && len(l.rest) > 1 && l.rest[1] != '\t'
		group := b.String() == "%" || b.Len() == 0
		switch {
		case escape:
			c, l.rest = l.rest[1], l.rest[1:]
		case c == '#' && group && idRE.MatchString(l.rest), c == ':' && b.String() == "%":
		case strings.IndexByte(" \t,:=!()#>\\\"", c) >= 0:
			return b.String()
		}
		b.WriteByte(c)
		l.rest = l.rest[1:]
	}
	return b.String()
}

// quoted reads "...", in which \" stands for a quote. Sudo takes none for an error, and one without an end.
func (l *lexer) quoted() (text string, ok bool) {
	l.rest = l.rest[1:]
	text = strings.ReplaceAll(l.upTo(`"`), `\"`, `"`)
	rest, closed := strings.CutPrefix(l.rest, `"`)
	if l.rest = rest; !closed {
		return "", false
	}
	return text, text != ""
}

// until reads a word up to one of the ends, keeping escapes.
func (l *lexer) until(ends string) string {
	l.skip()
	return l.upTo(ends)
}

// upTo reads up to one of the ends, or to the end of the line.
func (l *lexer) upTo(ends string) string {
	for i := 0; i < len(l.rest); i++ {
		if l.rest[i] == '\\' {
			i++
			continue
		}
		if strings.IndexByte(ends, l.rest[i]) >= 0 {
			text := l.rest[:i]
			l.rest = l.rest[i:]
			return text
		}
	}
	text := l.rest
	l.rest = ""
	return text
}

// expression reads ^...$, which ends with a $ at the end of a word. One without an end is an error, as it is for sudo.
func (l *lexer) expression() (text string, ok bool) {
	for i := 1; i < len(l.rest); i++ {
		if l.rest[i] == '\\' {
			i++
			continue
		}
		if l.rest[i] == '$' && (i+1 == len(l.rest) || strings.IndexByte(" \t,:=#", l.rest[i+1]) >= 0) {
			text = l.rest[:i+1]
			l.rest = l.rest[i+1:]
			return text, true
		}
	}
	return "", false
}
