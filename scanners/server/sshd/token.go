package sshd

import "strings"

const blank = " \t\r\n"

// cut takes the keyword, or a criterion, from the front of a line as the daemon's strdelim does: it ends at a blank or at one equals
// sign, and may stand in double quotes. ok is false at the end, and where a quote is not closed.
func cut(line *string, more *bool) (token string, ok bool) {
	if !*more {
		return "", false
	}
	s := *line
	at := strings.IndexAny(s, blank+`"=`)
	if at < 0 {
		*line, *more = "", false
		return s, true
	}
	if s[at] == '"' {
		s = s[:at] + s[at+1:]
		end := strings.IndexByte(s, '"')
		if end < 0 {
			*line, *more = "", false
			return "", false
		}
		*line = strings.TrimLeft(s[end+1:], blank)
		return s[:end], true
	}
	equals := s[at] == '='
	token, s = s[:at], strings.TrimLeft(s[at+1:], blank)
	if !equals && strings.HasPrefix(s, "=") {
		s = strings.TrimLeft(s[1:], blank)
	}
	*line = s
	return token, true
}

// split takes the arguments of a keyword apart: single and double quotes, backslashes before quotes, backslashes and blanks, and a
// comment after a blank. ok is false where a quote is not closed.
func split(s string) (args []string, ok bool) {
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == ' ' || s[i] == '\t':
			continue
		case s[i] == '#':
			return args, true
		}
		arg, next, closed := argument(s, i)
		if !closed {
			return nil, false
		}
		args, i = append(args, arg), next
	}
	return args, true
}

// argument reads the argument that begins at i, and returns where the blank after it is.
func argument(s string, i int) (arg string, end int, closed bool) {
	var b strings.Builder
	quote := byte(0)
	for ; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\':
			if i+1 < len(s) && (strings.IndexByte(`'"\`, s[i+1]) >= 0 || quote == 0 && s[i+1] == ' ') {
				i++
			}
			b.WriteByte(s[i])
		case quote == 0 && (c == ' ' || c == '\t'):
			return b.String(), i, true
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case quote != 0 && c == quote:
			quote = 0
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), i, quote == 0
}
