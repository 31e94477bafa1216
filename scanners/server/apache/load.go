package apache

import (
	"maps"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Limits of what one configuration may include: httpd's own is 20 deep (AP_MAX_INCLUDE_DEPTH).
const (
	depthLimit     = 20
	filesLimit     = 20_000
	directiveLimit = 1_000_000
	bytesLimit     = 256 << 20 // of all files
	namesLimit     = 5_000_000 // that were held against patterns
	grownLimit     = 16 << 20  // bytes that variables put into lines
)

// variable is what Define gave a name. Without a value the name is defined, and replaces nothing.
type variable struct {
	value string
	empty bool
	doubt *Problem
}

// loader reads files into a tree.
type loader struct {
	files      capture.Files
	options    Options
	tree       *Tree
	variables  map[string]variable
	macros     map[string]macro
	directives int
	full       bool // the tree holds all that it may, and says so
	made       int  // lines of macros
	bytes      int  // of files that were read
	names      int  // that were held against patterns
	grown      int  // bytes that variables put into lines
}

// Read reads the configuration as httpd does. What cannot be read stands in the tree, where it would stand, as a directive without a name.
func Read(f capture.Files, o Options) *Tree {
	l := &loader{files: f, options: o, tree: &Tree{Modules: map[string]bool{}, Root: o.Root, Version: o.Version, files: f},
		variables: map[string]variable{}, macros: map[string]macro{}}
	for _, name := range o.Defines {
		l.variables[name] = variable{empty: true}
	}
	for _, module := range o.Static {
		l.tree.Modules[module] = true
	}
	main := &Directive{}
	l.file(o.Main, main, Position{File: o.Main}, nil, 0)
	l.tree.Directives = main.Children
	l.tree.Files = slices.Compact(l.tree.Files)
	return l.tree
}

// source is a file or a macro while it is read.
type source struct {
	file  string
	lines []line
	next  int
	depth int
	macro string  // its name, where the lines are those of a macro
	outer *source // where the macro is used
}

// file reads one file into a section.
func (l *loader) file(name string, into *Directive, from Position, doubt *Problem, depth int) {
	if depth > depthLimit || len(l.tree.Files) > filesLimit || l.bytes > bytesLimit {
		l.gap(into, from, name, errLimit)
		return
	}
	data, err := l.files.Read(name)
	if err != nil {
		l.gap(into, from, name, err)
		return
	}
	l.tree.Files, l.bytes = append(l.tree.Files, name), l.bytes+len(data)
	s := &source{file: name, lines: logical(string(data)), depth: depth}
	l.block(s, into, "", doubt)
}

// gap remembers in the tree that something could not be read there. Of more than the tree may hold, the first is enough.
func (l *loader) gap(into *Directive, at Position, what string, err error) {
	if l.directives++; l.directives > directiveLimit && l.full {
		return
	}
	l.full = l.directives > directiveLimit
	p := &Problem{Position: at, What: what, Err: err}
	into.Children = append(into.Children, &Directive{At: at, Doubt: p})
}

// block reads lines until the section ends.
func (l *loader) block(s *source, into *Directive, section string, doubt *Problem) {
	for s.next < len(s.lines) {
		current := s.lines[s.next]
		s.next++
		if current.text == "" || current.text[0] == '#' {
			continue
		}
		at := Position{s.file, current.first, current.text}
		if l.directives++; l.directives > directiveLimit {
			l.gap(into, at, s.file, errLimit)
			return
		}
		text, unset := l.expand(current.text, at)
		name, rest := word(text)
		if name == "" {
			continue
		}
		if closing, ok := strings.CutPrefix(name, "</"); ok {
			if !strings.EqualFold(strings.TrimSuffix(closing, ">"), section) || section == "" {
				l.gap(into, at, s.file, errSyntax)
				continue
			}
			return
		}
		d := &Directive{Name: strings.ToLower(name), Raw: rest, At: at, Last: current.last, Doubt: first(doubt, unset), macro: s.macro != ""}
		if strings.HasPrefix(name, "<") {
			l.section(s, into, d, doubt, unset)
			continue
		}
		d.Args = words(rest)
		l.directive(s, into, d)
	}
	if section != "" {
		l.gap(into, Position{File: s.file, Line: len(s.lines)}, s.file, errSyntax)
	}
}

// first is the first problem that is there.
func first(all ...*Problem) *Problem {
	for _, p := range all {
		if p != nil {
			return p
		}
	}
	return nil
}

// section reads a section: one that is decided now, or one that stands in the tree.
func (l *loader) section(s *source, into, d *Directive, outer, unset *Problem) {
	name := strings.TrimSuffix(d.Name[1:], ">")
	if name == "" {
		l.gap(into, d.At, s.file, errSyntax)
		return
	}
	if end := strings.LastIndexByte(d.Raw, '>'); end >= 0 {
		d.Raw = d.Raw[:end]
	}
	d.Name, d.Section, d.Args = name, true, words(d.Raw)
	if name == "macro" {
		l.define(s, into, d)
		return
	}
	if ask, ok := conditions()[name]; ok {
		l.condition(s, into, d, ask, outer, unset)
		return
	}
	l.block(s, d, name, d.Doubt)
	into.Children = append(into.Children, d)
}

// condition reads what stands in a section that asks for something, if it is there. Where that is not known, everything in it is in
// doubt, and what it defines too.
func (l *loader) condition(s *source, into, d *Directive, ask question, outer, unset *Problem) {
	text := strings.Trim(d.Raw, blanks)
	not := strings.HasPrefix(text, "!")
	holds, problem := ask(l, strings.TrimPrefix(text, "!"), d)
	problem = first(problem, unset)
	switch {
	case problem != nil:
		l.block(s, into, d.Name, problem)
	case holds != not:
		l.block(s, into, d.Name, outer)
	default:
		l.skip(s, into, d)
	}
}

// skip passes over a section; sections in it must close.
func (l *loader) skip(s *source, into, d *Directive) {
	open := []string{d.Name}
	for s.next < len(s.lines) {
		current := s.lines[s.next]
		s.next++
		if !strings.HasPrefix(current.text, "<") {
			continue
		}
		name, _ := word(current.text)
		if closing, ok := strings.CutPrefix(name, "</"); ok {
			if !strings.EqualFold(strings.TrimSuffix(closing, ">"), open[len(open)-1]) {
				break
			}
			if open = open[:len(open)-1]; len(open) == 0 {
				return
			}
			continue
		}
		open = append(open, strings.TrimSuffix(name[1:], ">"))
	}
	l.gap(into, d.At, s.file, errSyntax)
}

// directive does what is done while reading, or puts the directive into the tree.
func (l *loader) directive(s *source, into, d *Directive) {
	switch d.Name {
	case "define", "undefine":
		l.variable(d)
		return
	case "include", "includeoptional":
		l.include(into, d, s.depth)
		return
	case "use":
		l.use(s, into, d)
		return
	case "undefmacro":
		if len(d.Args) == 1 {
			delete(l.macros, strings.ToLower(d.Args[0]))
		}
		return
	case "serverroot":
		if len(d.Args) == 1 {
			l.tree.Root = d.Args[0]
		}
	case "loadmodule":
		if len(d.Args) == 2 {
			l.tree.Modules[d.Args[0]] = d.Doubt == nil || l.tree.Modules[d.Args[0]]
		}
	}
	into.Children = append(into.Children, d)
}

// variable does Define and UnDefine. https://httpd.apache.org/docs/2.4/mod/core.html#define
func (l *loader) variable(d *Directive) {
	if len(d.Args) == 0 {
		return
	}
	name := d.Args[0]
	old, there := l.variables[name]
	switch {
	case d.Name == "undefine" && d.Doubt != nil:
		if there {
			l.variables[name] = variable{old.value, old.empty, d.Doubt}
		}
	case d.Name == "undefine":
		delete(l.variables, name)
	case len(d.Args) > 1:
		l.variables[name] = variable{value: d.Args[1], doubt: d.Doubt}
	case !there:
		l.variables[name] = variable{empty: true, doubt: d.Doubt}
	case d.Doubt == nil && old.empty:
		l.variables[name] = variable{empty: true}
	}
}

// expand replaces ${NAME} by what Define or the environment gave it. Others stay, as httpd lets them, but may be set in an environment
// that is not known. https://httpd.apache.org/docs/2.4/configuring.html#syntax
func (l *loader) expand(text string, at Position) (string, *Problem) {
	var b strings.Builder
	var unset *Problem
	for {
		start := strings.Index(text, "${")
		if start < 0 {
			break
		}
		length := strings.IndexByte(text[start:], '}')
		if length < 0 {
			break
		}
		name := text[start+2 : start+length]
		b.WriteString(text[:start])
		value, ok := l.variables[name]
		ok = ok && !value.empty
		if env, there := l.options.Env[name]; !ok && there {
			value, ok = variable{value: env}, true
		}
		switch {
		case name == "" || strings.ContainsRune(name, ':'):
			b.WriteString(text[start : start+length+1])
		case ok && l.grown+len(value.value) > grownLimit:
			unset = first(unset, &Problem{Position: at, What: "${" + name + "}", Err: errLimit})
		case ok:
			l.grown += len(value.value)
			b.WriteString(value.value)
			unset = first(unset, value.doubt)
		default:
			b.WriteString(text[start : start+length+1])
			unset = first(unset, &Problem{Position: at, What: "${" + name + "}"})
		}
		text = text[start+length+1:]
	}
	b.WriteString(text)
	return b.String(), unset
}

// sorted are the names of a map.
func sorted[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }
