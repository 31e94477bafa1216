package rsyslog

import "strings"

// statement is an object with its parameters, such as action(...), or a line.
type statement struct {
	line   int
	object string // lower case; empty for a line
	text   string // what stands in its brackets, or the line
}

// split takes a text apart: objects over several lines, and all other lines. Comments are left out.
func split(text string) []statement {
	s := &splitter{text: text, line: 1}
	for s.at < len(s.text) {
		s.next()
	}
	s.flush()
	return s.all
}

// splitter goes through a text.
type splitter struct {
	text  string
	at    int
	line  int
	begun int             // the line on which the current line began, 0 for none
	rest  strings.Builder // of the current line
	all   []statement
}

// objects are the names of what has parameters in brackets.
func object(name string) bool {
	switch name {
	case "action", "dyn_stats", "global", "include", "input", "lookup_table", "main_queue", "module", "parser", "ratelimit", "ruleset", "template", "timezone":
		return true
	}
	return false
}

// next takes one character, comment, string or object.
func (s *splitter) next() {
	switch c := s.text[s.at]; {
	case c == '\n':
		if strings.HasSuffix(s.rest.String(), `\`) { // the line goes on
			joined := strings.TrimSuffix(s.rest.String(), `\`)
			s.rest.Reset()
			s.rest.WriteString(joined + " ")
		} else {
			s.flush()
		}
		s.line++
		s.at++
	case c == '#' && s.comment():
		s.until("\n")
	case strings.HasPrefix(s.text[s.at:], "/*") && strings.TrimSpace(s.rest.String()) == "":
		s.until("*/")
		s.at = min(s.at+2, len(s.text))
	case letter(c) && (s.at == 0 || !word(s.text[s.at-1])):
		s.word()
	case c == '"' || c == '\'':
		s.quoted(c)
	default:
		s.put(c)
		s.at++
	}
}

// comment says whether a # begins a comment: it stands at the beginning of a word.
func (s *splitter) comment() bool {
	before := s.rest.String()
	return before == "" || strings.ContainsRune(" \t", rune(before[len(before)-1]))
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' }
func word(c byte) bool   { return letter(c) || c >= '0' && c <= '9' || c == '$' || c == '.' }

func (s *splitter) put(c byte) {
	if s.begun == 0 {
		s.begun = s.line
	}
	s.rest.WriteByte(c)
}

// until goes to a text, or to the end.
func (s *splitter) until(end string) {
	at := strings.Index(s.text[s.at:], end)
	if at < 0 {
		at = len(s.text) - s.at
	}
	s.line += strings.Count(s.text[s.at:s.at+at], "\n")
	s.at += at
}

// quoted takes a string of one line over as it is.
func (s *splitter) quoted(quote byte) {
	s.put(quote)
	for s.at++; s.at < len(s.text) && s.text[s.at] != '\n'; s.at++ {
		c := s.text[s.at]
		s.put(c)
		if c == '\\' && s.at+1 < len(s.text) && s.text[s.at+1] != '\n' {
			s.at++
			s.put(s.text[s.at])
			continue
		}
		if c == quote {
			s.at++
			return
		}
	}
}

// word takes a name; one of an object takes its brackets with it.
func (s *splitter) word() {
	from := s.at
	for s.at < len(s.text) && word(s.text[s.at]) {
		s.at++
	}
	name := strings.ToLower(s.text[from:s.at])
	open := s.at + len(s.text[s.at:]) - len(strings.TrimLeft(s.text[s.at:], " \t"))
	if !object(name) || open >= len(s.text) || s.text[open] != '(' {
		for _, c := range []byte(s.text[from:s.at]) {
			s.put(c)
		}
		return
	}
	line, begin := s.line, open+1
	end := closing(s.text, begin)
	s.all = append(s.all, statement{line, name, s.text[begin:end]})
	s.line += strings.Count(s.text[s.at:end], "\n")
	s.at = min(end+1, len(s.text))
}

// closing finds the bracket that ends an object; brackets in strings do not.
func closing(text string, from int) int {
	quote := byte(0)
	for i := from; i < len(text); i++ {
		switch c := text[i]; {
		case quote != 0 && c == '\\':
			i++
		case quote != 0 && c == quote:
			quote = 0
		case quote != 0:
		case c == '"' || c == '\'':
			quote = c
		case c == ')':
			return i
		}
	}
	return len(text)
}

// flush ends a line.
func (s *splitter) flush() {
	if text := strings.TrimSpace(s.rest.String()); text != "" {
		s.all = append(s.all, statement{s.begun, "", text})
	}
	s.rest.Reset()
	s.begun = 0
}

// parameters reads name="value" pairs; names are in lower case. Lists in brackets are their text.
func parameters(text string) map[string]string {
	all := map[string]string{}
	for {
		text = strings.TrimLeft(text, " \t\r\n,")
		if after, ok := strings.CutPrefix(text, "#"); ok {
			_, text, _ = strings.Cut(after, "\n")
			continue
		}
		name, rest, ok := strings.Cut(text, "=")
		if !ok {
			return all
		}
		rest = strings.TrimLeft(rest, " \t\r\n")
		var value string
		switch {
		case rest == "":
			return all
		case rest[0] == '"' || rest[0] == '\'':
			value, rest = unquote(rest)
		case rest[0] == '[':
			value, rest, _ = strings.Cut(rest[1:], "]")
		default:
			end := strings.IndexAny(rest, " \t\r\n,")
			if end < 0 {
				end = len(rest)
			}
			value, rest = rest[:end], rest[end:]
		}
		all[strings.ToLower(strings.TrimSpace(name))] = value
		text = rest
	}
}

// unquote takes a string.
func unquote(text string) (value, rest string) {
	var b strings.Builder
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == '\\' && i+1 < len(text):
			i++
			b.WriteByte(text[i])
		case text[i] == text[0]:
			return b.String(), text[i+1:]
		default:
			b.WriteByte(text[i])
		}
	}
	return b.String(), ""
}
