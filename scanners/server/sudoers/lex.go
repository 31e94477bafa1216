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
	commentRE = regexp.MustCompile(`^#(-?[0-9]+([^0-9A-Za-z]|$))`) // a user id, no comment
)

// skip passes blanks and a comment.
func (l *lexer) skip() {
	l.rest = strings.TrimLeft(l.rest, blank)
	if strings.HasPrefix(l.rest, "#") && !commentRE.MatchString(l.rest) {
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
	var b strings.Builder
	quoted := false
	i := 0
	for ; i < len(l.rest); i++ {
		c := l.rest[i]
		switch {
		case c == '\\' && i+1 < len(l.rest):
			i++
			b.WriteByte(l.rest[i])
			continue
		case c == '"':
			quoted = !quoted
			continue
		case quoted, c == ':' && b.String() == "%", c == '#' && (b.Len() == 0 || b.String() == "%"):
		case strings.IndexByte(" \t,:=!()#<>", c) >= 0:
			l.rest = l.rest[i:]
			return b.String()
		}
		b.WriteByte(c)
	}
	l.rest = ""
	if quoted {
		return ""
	}
	return b.String()
}

// path reads the path of a command, keeping escapes, up to one of the ends.
func (l *lexer) until(ends string) string {
	l.skip()
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
