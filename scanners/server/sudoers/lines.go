package sudoers

import "strings"

// join joins continued lines: a backslash before the end of a line takes the next one in, but not one in a comment.
func join(file, data string) []Line {
	var all []Line
	var text strings.Builder
	var seen scanned
	number, open := 0, false
	for i, part := range strings.Split(data, "\n") {
		part = strings.TrimSuffix(part, "\r")
		if open {
			part = strings.TrimLeft(part, blank)
		} else {
			number, seen = i+1, scanned{}
		}
		var rest string
		rest, open = strings.CutSuffix(part, `\`)
		if seen.comment(rest) {
			rest, open = part, false
		}
		text.WriteString(rest)
		if !open {
			all = append(all, Line{file, number, text.String()})
			text.Reset()
		}
	}
	if open {
		all = append(all, Line{file, number, text.String()})
	}
	return all
}

// scanned is what is known behind a part of a line: whether a quote is open, whether a command is being named, in which quotes are
// characters like others, and what the last byte was.
type scanned struct {
	quoted, command, escaped bool
	last                     byte
}

// comment goes on through a line, and says whether a comment begins, in which a backslash at the end means nothing: with a # that begins
// no number of a user or group, and is neither escaped nor quoted.
func (s *scanned) comment(text string) bool {
	for i := range len(text) {
		c, before := text[i], s.last
		s.last = c
		switch {
		case s.escaped:
			s.escaped = false
		case c == '\\':
			s.escaped = true
		case c == '"' && !s.command:
			s.quoted = !s.quoted
		case s.quoted:
		case c == '#' && !idRE.MatchString(text[i:]):
			return true
		case strings.IndexByte(",:=", c) >= 0:
			s.command = false
		case (c == '/' || c == '^') && strings.IndexByte("\x00 \t,:=!)", before) >= 0:
			s.command = true
		}
	}
	return false
}
