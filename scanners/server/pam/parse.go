package pam

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// source is the text of one file; service is set for a file whose lines begin with the service.
type source struct {
	file, data, service string
}

// parse adds the lines of a file to the stacks. only is the type that an include asked for, or empty for all. It returns false where
// libpam gives up on the file.
func (l *loader) parse(s source, only string, level int, chains map[string][]entry) bool {
	if l.depth >= includeLimit || level >= substackLimit {
		return false
	}
	l.depth++
	defer func() { l.depth-- }()
	lines, whole := assemble(s.data)
	for _, line := range lines {
		if l.entries++; l.entries > entryLimit {
			return false
		}
		at := Line{File: s.file, Number: line.number, Text: line.text}
		text := line.text
		if s.service != "" {
			service, rest, _ := token(text)
			if !strings.EqualFold(service, s.service) {
				continue
			}
			text = rest
		}
		if !l.line(at, text, only, level, chains) {
			return false
		}
	}
	return whole
}

// line adds one line. It returns false where libpam gives up on the file.
func (l *loader) line(at Line, text, only string, level int, chains map[string][]entry) bool {
	kind, rest, _ := token(text)
	if strings.EqualFold(kind, "@include") {
		name, _, _ := token(rest)
		return l.includeAll(at, name, only, level, chains)
	}
	kind = strings.ToLower(strings.TrimPrefix(kind, "-"))
	broken := !slices.Contains(kinds(), kind)
	if broken {
		kind = "auth"
		if only != "" {
			kind = only
		}
	}
	if only != "" && kind != only {
		return true
	}
	control, rest, ok := token(rest)
	name, rest, named := token(rest)
	m := Module{Name: moduleName(name), Args: tokens(rest), Control: control, Line: at}
	switch {
	case strings.EqualFold(control, "include"), strings.EqualFold(control, "substack"):
		l.include(m, name, kind, level, chains)
	case !ok || !named || broken:
		e := mustFail(m, level)
		if ok {
			e.actions = parseControl(control)
		}
		chains[kind] = append(chains[kind], e)
	default:
		chains[kind] = append(chains[kind], entry{level: level, actions: parseControl(control), module: m})
	}
	return true
}

// moduleName is a module's name without directory, .so and the placeholder of its directory.
func moduleName(name string) string { return strings.TrimSuffix(path.Base(name), ".so") }

// include adds the lines of one type of another file, in this stack or in a substack.
func (l *loader) include(m Module, name, kind string, level int, chains map[string][]entry) {
	inner := level
	if strings.EqualFold(m.Control, "substack") {
		chains[kind] = append(chains[kind], entry{kind: entrySubstack, level: level, module: m})
		inner++
	}
	_, data, err := l.open(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		l.missed(m.Line, name, err)
		e := unread(name)
		e.level, e.module.Line = inner, m.Line
		chains[kind] = append(chains[kind], e)
		return
	}
	if err != nil || name == "" || !l.parse(source{file: l.last(), data: data}, kind, inner, chains) {
		chains[kind] = append(chains[kind], mustFail(m, level))
	}
}

// includeAll adds another file in the place of the line: Debian's @include. Where the file is missing libpam gives up; below an include
// of one type its code reads what was left over from another line, so that nothing is known.
// https://sources.debian.org/src/pam/1.5.2-6/debian/patches-applied/031_pam_include/
func (l *loader) includeAll(at Line, name, only string, level int, chains map[string][]entry) bool {
	_, data, err := l.open(name)
	if err == nil && l.parse(source{file: l.last(), data: data}, only, level, chains) {
		return true
	}
	if only == "" && (err == nil || errors.Is(err, fs.ErrNotExist)) {
		return false
	}
	if err == nil {
		err = errors.New("libpam gives up on it")
	}
	l.missed(at, name, err)
	for _, kind := range kinds() {
		if only == "" || kind == only {
			e := unread(name)
			e.level, e.module.Line = level, at
			chains[kind] = append(chains[kind], e)
		}
	}
	return true
}

// last is the file that was opened last.
func (l *loader) last() string { return l.stack.Files[len(l.stack.Files)-1] }

// missed notes a file that could not be read.
func (l *loader) missed(at Line, name string, err error) {
	l.stack.Unread = append(l.stack.Unread, fmt.Errorf("%s:%d includes %s: %w", at.File, at.Number, name, err))
}
