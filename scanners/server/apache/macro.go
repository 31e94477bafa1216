package apache

import "strings"

// macro is a piece of configuration with parameters. https://httpd.apache.org/docs/2.4/mod/mod_macro.html
type macro struct {
	parameters []string
	lines      []line
	file       string
	doubt      *Problem
}

// macroLimit bounds the text that one use of a macro makes, and madeLimit the lines of all uses.
const (
	macroLimit = 1 << 20
	madeLimit  = 200_000
)

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
	name := strings.ToLower(d.Args[0])
	m, ok := l.macros[name]
	switch {
	case !ok || len(m.parameters) != len(d.Args)-1 || s.within(name):
		l.gap(into, d.At, s.file, errSyntax)
		return
	case s.depth >= depthLimit || l.made > madeLimit:
		l.gap(into, d.At, s.file, errLimit)
		return
	}
	l.made += 1 + len(m.lines)
	inner := &source{file: m.file, depth: s.depth + 1, macro: name, outer: s}
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

// within says whether the lines come from a macro: one that uses itself is invalid.
func (s *source) within(name string) bool {
	for ; s != nil; s = s.outer {
		if s.macro == name {
			return true
		}
	}
	return false
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
