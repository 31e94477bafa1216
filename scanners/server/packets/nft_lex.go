package packets

import (
	"fmt"
	"strings"
)

// token is a word, a quoted string, a sign, or the end of a statement.
type token struct {
	kind string // word, string, sign, end, variable
	text string
	line int
}

// lexNFT cuts a file of nft's language into tokens: https://man7.org/linux/man-pages/man8/nft.8.html#INPUT_FILE_FORMATS
func lexNFT(text string) ([]token, error) {
	l := lexer{rest: text, line: 1}
	for l.rest != "" {
		if err := l.step(); err != nil {
			return nil, err
		}
	}
	l.emit("end", "\n")
	return l.out, nil
}

type lexer struct {
	rest string
	line int
	out  []token
}

func (l *lexer) emit(kind, text string) { l.out = append(l.out, token{kind, text, l.line}) }

const signs = "{}(),=!<>&|;"

// step reads one token.
func (l *lexer) step() error {
	ch := l.rest[0]
	switch {
	case ch == '\n':
		l.emit("end", "\n")
		l.line++
		l.rest = l.rest[1:]
	case strings.HasPrefix(l.rest, "\\\n"):
		l.line++
		l.rest = l.rest[2:]
	case ch == ' ' || ch == '\t' || ch == '\r':
		l.rest = l.rest[1:]
	case ch == '#':
		end := strings.IndexByte(l.rest, '\n')
		if end < 0 {
			end = len(l.rest)
		}
		l.rest = l.rest[end:]
	case ch == '"' || ch == '\'':
		end := strings.IndexByte(l.rest[1:], ch)
		if end < 0 || strings.Contains(l.rest[1:end+1], "\n") {
			return fmt.Errorf("line %d: a quote is not closed", l.line)
		}
		l.emit("string", l.rest[1:end+1])
		l.rest = l.rest[end+2:]
	case strings.IndexByte(signs, ch) >= 0:
		l.sign()
	default:
		l.word()
	}
	return nil
}

// sign reads a sign of one or two characters.
func (l *lexer) sign() {
	for _, two := range []string{"==", "!=", "<=", ">=", "<<", ">>"} {
		if strings.HasPrefix(l.rest, two) {
			l.emit("sign", two)
			l.rest = l.rest[2:]
			return
		}
	}
	kind := "sign"
	if l.rest[0] == ';' {
		kind = "end"
	}
	l.emit(kind, l.rest[:1])
	l.rest = l.rest[1:]
}

// word reads a word. The colon of a map is not part of the word before it, those of an IPv6 address are.
func (l *lexer) word() {
	end := strings.IndexAny(l.rest, signs+" \t\r\n\"'#\\")
	if end == 0 {
		end = 1
	}
	if end < 0 {
		end = len(l.rest)
	}
	w := l.rest[:end]
	l.rest = l.rest[end:]
	switch {
	case w[0] == '$' && len(w) > 1:
		l.emit("variable", w[1:])
	case len(w) > 1 && strings.HasSuffix(w, ":") && !strings.HasSuffix(w, "::"):
		l.emit("word", w[:len(w)-1])
		l.emit("sign", ":")
	case w == ":" || w == "." || w == "/":
		l.emit("sign", w)
	default:
		l.emit("word", w)
	}
}
