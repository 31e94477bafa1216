package pam

import "strings"

// blank are the characters that part the tokens of a line.
const blank = " \t\n"

// logical is a line with its continuations joined.
type logical struct {
	number int // of its first line
	text   string
}

// assemble joins continued lines and drops comments and empty lines, as libpam's _pam_assemble_line does: a comment ends the logical
// line, a line that is empty or a comment alone within a continued one is passed over. whole is false where the last line is
// continued by nothing: libpam refuses such a file.
func assemble(data string) (lines []logical, whole bool) {
	var open *logical
	for number, text := range strings.Split(data, "\n") {
		text = strings.Trim(text, blank)
		if text == "" || text[0] == '#' {
			continue
		}
		text, _, comment := strings.Cut(text, "#")
		continued := !comment && strings.HasSuffix(text, `\`)
		if continued {
			text = strings.TrimSuffix(text, `\`) + " "
		}
		if open == nil {
			open = &logical{number: number + 1}
		}
		open.text += text
		if !continued {
			lines = append(lines, *open)
			open = nil
		}
	}
	return lines, open == nil
}

// token cuts the first token off: [...] is one token, without its brackets, in which \] stands for ].
func token(s string) (string, string, bool) {
	s = strings.TrimLeft(s, blank)
	if s == "" {
		return "", "", false
	}
	if s[0] != '[' {
		end := strings.IndexAny(s, blank)
		if end < 0 {
			return s, "", true
		}
		return s[:end], s[end+1:], true
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == ']':
			return b.String(), s[i+1:], true
		case s[i] == '\\' && i+1 < len(s) && s[i+1] == ']':
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String(), "", true
}

// tokens are all tokens of a line.
func tokens(s string) []string {
	var all []string
	for {
		t, rest, ok := token(s)
		if !ok {
			return all
		}
		all, s = append(all, t), rest
	}
}
