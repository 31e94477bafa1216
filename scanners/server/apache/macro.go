package apache

import "strings"

// macro is a piece of configuration with parameters. https://httpd.apache.org/docs/2.4/mod/mod_macro.html
type macro struct {
	parameters []string
	lines      []line
	file       string
	doubt      *Problem
}

// macroLimit bounds the text that one use of a macro makes.
const macroLimit = 1 << 20

// define remembers the lines of a macro as they are.
func (l *loader) define(s *source, into, d *Directive) {
	if len(d.Args) == 0 {
		l.gap(into, d.At, s.file, errSyntax)
		return
	}
	m := macro{parameters: d.Args[1:], file: s.file, doubt: d.Doubt}
	for open := 1; s.next < len(s.lines); {
		current := s.lines[s.next]
		s.next++
		name, _ := word(current.text)
		switch name = strings.ToLower(name); {
		case name == "<macro":
			open++
		case strings.HasPrefix(name, "</macro"):
			open--
		}
		if open == 0 {
			l.macros[strings.ToLower(d.Args[0])] = m
			return
		}
		m.lines = append(m.lines, current)
	}
	l.gap(into, d.At, s.file, errSyntax)
}

// use reads a macro with its parameters replaced.
func (l *loader) use(s *source, into, d *Directive) {
	if len(d.Args) == 0 {
		l.gap(into, d.At, s.file, errSyntax)
		return
	}
	m, ok := l.macros[strings.ToLower(d.Args[0])]
	switch {
	case !ok || len(m.parameters) != len(d.Args)-1:
		l.gap(into, d.At, s.file, errSyntax)
		return
	case s.depth >= depthLimit:
		l.gap(into, d.At, s.file, errLimit)
		return
	}
	inner := &source{file: m.file, depth: s.depth + 1, macro: true}
	size := 0
	for _, current := range m.lines {
		current.text = strings.Trim(replace(current.text, m.parameters, d.Args[1:]), blanks)
		if size += len(current.text); size > macroLimit {
			l.gap(into, d.At, s.file, errLimit)
			return
		}
		inner.lines = append(inner.lines, current)
	}
	l.block(inner, into, "", first(d.Doubt, m.doubt))
}

// replace puts values in the place of parameters: the first in the text, and the longest of those that begin there.
func replace(text string, parameters, values []string) string {
	var b strings.Builder
	for i := 0; i < len(text) && b.Len() < macroLimit; {
		best := -1
		for n, p := range parameters {
			if p != "" && strings.HasPrefix(text[i:], p) && (best < 0 || len(p) > len(parameters[best])) {
				best = n
			}
		}
		if best < 0 {
			b.WriteByte(text[i])
			i++
			continue
		}
		b.WriteString(values[best])
		i += len(parameters[best])
	}
	return b.String()
}
