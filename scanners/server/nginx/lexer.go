package nginx

import (
	"errors"
	"fmt"
	"strings"
)

// errSyntax says that nginx would refuse the file.
var errSyntax = errors.New("nginx would not accept it")

// tokenLimit is the size of nginx's buffer, which no word may exceed: NGX_CONF_BUFFER in
// https://github.com/nginx/nginx/blob/master/src/core/ngx_conf_file.c
const tokenLimit = 4096

// ending says how a directive ends.
type ending int

const (
	endsFile ending = iota
	endsDirective
	opensBlock
	closesBlock
)

// lexer cuts a file into directives, as ngx_conf_read_token does.
type lexer struct {
	file string
	text string
	at   int
	line int
}

func (l *lexer) fail(what string) error {
	return fmt.Errorf("%s:%d: %s: %w", l.file, l.line, what, errSyntax)
}

// directive returns the words up to the next semicolon or brace, the line of the first word and what ended them.
func (l *lexer) directive() ([]string, int, ending, error) {
	var words []string
	first := 0
	for {
		l.blank()
		if l.at >= len(l.text) {
			if len(words) > 0 {
				return nil, 0, 0, l.fail("unexpected end of file, expecting ; or }")
			}
			return nil, 0, endsFile, nil
		}
		switch c := l.text[l.at]; c {
		case ';', '{':
			if l.at++; len(words) == 0 {
				return nil, 0, 0, l.fail("unexpected " + string(c))
			}
			if c == '{' {
				return words, first, opensBlock, nil
			}
			return words, first, endsDirective, nil
		case '}':
			if l.at++; len(words) > 0 {
				return nil, 0, 0, l.fail("unexpected }")
			}
			return nil, l.line, closesBlock, nil
		}
		if len(words) == 0 {
			first = l.line
		}
		word, err := l.word()
		if err != nil {
			return nil, 0, 0, err
		}
		words = append(words, word)
	}
}

// blank skips white space and comments.
func (l *lexer) blank() {
	for comment := false; l.at < len(l.text); l.at++ {
		switch c := l.text[l.at]; {
		case c == '\n':
			l.line++
			comment = false
		case comment, c == ' ', c == '\t', c == '\r':
		case c == '#':
			comment = true
		default:
			return
		}
	}
}

// word reads a word, in quotes or not.
func (l *lexer) word() (string, error) {
	quote := byte(0)
	if c := l.text[l.at]; c == '"' || c == '\'' {
		quote = c
		l.at++
	}
	start, variable := l.at, false
	for ; l.at < len(l.text); l.at++ {
		if l.at-start >= tokenLimit {
			return "", l.fail("too long parameter")
		}
		c := l.text[l.at]
		if c == '\n' {
			l.line++
		}
		afterDollar := variable
		variable = false
		switch {
		case c == '{' && afterDollar:
		case c == '\\':
			if l.at++; l.at < len(l.text) && l.text[l.at] == '\n' {
				l.line++
			}
		case c == '$':
			variable = true
		case quote != 0 && c == quote:
			word := unescape(l.text[start:l.at])
			l.at++
			return word, l.afterQuote()
		case quote == 0 && strings.IndexByte(" \t\r\n;{", c) >= 0:
			if c == '\n' {
				l.line-- // it is counted as white space
			}
			return unescape(l.text[start:l.at]), nil
		}
	}
	return "", l.fail("unexpected end of file")
}

// afterQuote holds that white space, an end or a closing parenthesis follows a quoted word.
func (l *lexer) afterQuote() error {
	if l.at < len(l.text) && strings.IndexByte(" \t\r\n;{)", l.text[l.at]) < 0 {
		return l.fail("unexpected " + string(l.text[l.at]))
	}
	return nil
}

// unescape resolves the escapes that nginx knows; other backslashes stay.
func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			switch s[i+1] {
			case '"', '\'', '\\':
				i++
			case 't', 'r', 'n':
				i++
				b.WriteByte(map[byte]byte{'t': '\t', 'r': '\r', 'n': '\n'}[s[i]])
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// lua skips a block of Lua up to its closing brace, and returns what is in it.
// https://github.com/openresty/lua-nginx-module#content_by_lua_block
func (l *lexer) lua() (string, error) {
	start := l.at
	for depth := 1; l.at < len(l.text); {
		rest := l.text[l.at:]
		switch c := rest[0]; {
		case strings.HasPrefix(rest, "--"):
			if n := long(rest[2:]); n > 0 {
				l.skip(2 + n)
			} else {
				l.skip(strings.IndexByte(rest+"\n", '\n'))
			}
			continue
		case c == '[':
			if n := long(rest); n > 0 {
				l.skip(n)
				continue
			}
		case c == '"' || c == '\'':
			l.skip(quoted(rest))
			continue
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				raw := l.text[start:l.at]
				l.at++
				return raw, nil
			}
		}
		l.skip(1)
	}
	return "", l.fail("unexpected end of file in a block of Lua")
}

// skip goes on by n bytes and counts the lines.
func (l *lexer) skip(n int) {
	n = min(n, len(l.text)-l.at)
	l.line += strings.Count(l.text[l.at:l.at+n], "\n")
	l.at += n
}

// long is the length of Lua's long bracket at the start of s, 0 without one.
func long(s string) int {
	if !strings.HasPrefix(s, "[") {
		return 0
	}
	level := 1
	for level < len(s) && s[level] == '=' {
		level++
	}
	if level >= len(s) || s[level] != '[' {
		return 0
	}
	closing := "]" + strings.Repeat("=", level-1) + "]"
	end := strings.Index(s, closing)
	if end < 0 {
		return len(s)
	}
	return end + len(closing)
}

// quoted is the length of a string of Lua at the start of s.
func quoted(s string) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case s[0]:
			return i + 1
		}
	}
	return len(s)
}
