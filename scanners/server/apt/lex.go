package apt

import (
	"errors"
	"strings"
)

// kind is the sort of a token.
type kind int

const (
	end kind = iota
	word
	quoted
	mark // one of { } ;
	directive
)

type token struct {
	kind kind
	text string
}

// lexer splits a file into tokens.
type lexer struct {
	text string
	at   int
	line int
}

// next returns the next token. A # begins a comment, unless #clear or #include follows.
func (l *lexer) next() (token, error) {
	for {
		if err := l.skip(); err != nil {
			return token{}, err
		}
		rest := l.text[l.at:]
		switch {
		case rest == "":
			return token{}, nil
		case strings.HasPrefix(rest, "#clear") || strings.HasPrefix(rest, "#include"):
			line := l.rest()
			return token{directive, line}, nil
		case rest[0] == '#':
			l.rest()
		case strings.ContainsRune("{};", rune(rest[0])):
			l.at++
			return token{mark, rest[:1]}, nil
		case rest[0] == '"':
			return l.quoted()
		default:
			return l.word(), nil
		}
	}
}

// skip passes blanks and the comments // and /* */.
func (l *lexer) skip() error {
	for l.at < len(l.text) {
		rest := l.text[l.at:]
		switch {
		case rest[0] == '\n':
			l.line++
			l.at++
		case rest[0] == ' ' || rest[0] == '\t' || rest[0] == '\r':
			l.at++
		case strings.HasPrefix(rest, "//"):
			l.rest()
		case strings.HasPrefix(rest, "/*"):
			n := strings.Index(rest, "*/")
			if n < 0 {
				return errors.New("a comment is not closed")
			}
			l.line += strings.Count(rest[:n], "\n")
			l.at += n + 2
		default:
			return nil
		}
	}
	return nil
}

// rest returns the rest of the line.
func (l *lexer) rest() string {
	rest := l.text[l.at:]
	if n := strings.IndexByte(rest, '\n'); n >= 0 {
		rest = rest[:n]
	}
	l.at += len(rest)
	return strings.TrimSpace(rest)
}

func (l *lexer) quoted() (token, error) {
	rest := l.text[l.at+1:]
	n := strings.IndexByte(rest, '"')
	if n < 0 {
		return token{}, errors.New("a quote is not closed")
	}
	l.line += strings.Count(rest[:n], "\n")
	l.at += n + 2
	return token{quoted, rest[:n]}, nil
}

func (l *lexer) word() token {
	rest := l.text[l.at:]
	n := strings.IndexAny(rest, " \t\r\n{};\"")
	if n < 0 {
		n = len(rest)
	}
	l.at += n
	return token{word, rest[:n]}
}
