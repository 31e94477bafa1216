package eval

import (
	"bytes"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// RootDir is a directory that is evaluated on its own.
type RootDir struct {
	Dir     string
	Example bool            // below a directory of examples or tests
	Why     evidence.Reason // why it is a root
}

// directory is what the search for roots sees in a directory.
type directory struct {
	name    string
	files   []string // configuration files
	tfvars  bool
	init    bool // has .terraform
	backend bool
	example bool
	asked   bool // given as a path
}

// FindRoots returns the root modules in and below paths, sorted by directory. A directory with configuration files is a
// root when it is given, when no other directory calls it as a module, or when it has a backend, a variables file or
// .terraform. What cannot be read is a gap.
func (p *Parser) FindRoots(paths []string) ([]RootDir, []evidence.Gap) {
	s := &search{p: p, seen: map[string]bool{}, callers: map[string]string{}}
	for _, given := range paths {
		s.walk(path.Clean(given), isExample(path.Clean(given)), true)
	}
	for _, d := range s.found {
		s.scan(d)
	}
	var roots []RootDir
	for _, d := range s.found {
		if why, is := s.why(d); is {
			roots = append(roots, RootDir{Dir: d.name, Example: d.example, Why: why})
		}
	}
	slices.SortFunc(roots, func(a, b RootDir) int { return strings.Compare(a.Dir, b.Dir) })
	return roots, s.gaps
}

// search is one search for roots.
type search struct {
	p       *Parser
	seen    map[string]bool
	found   []*directory
	callers map[string]string // called directory -> one that calls it
	gaps    []evidence.Gap
}

// isExample says whether a path has a directory of examples or tests in it.
func isExample(name string) bool {
	return slices.ContainsFunc(strings.Split(name, "/"), isExampleName)
}

func isExampleName(name string) bool {
	switch name {
	case "example", "examples", "test", "tests":
		return true
	}
	return false
}

// walk collects the directories with configuration files. Links to directories are not followed: what they lead to is
// found at its own place, and a loop is not entered.
func (s *search) walk(dir string, example, asked bool) {
	if s.seen[dir] || len(s.seen) > maxDirectories {
		return
	}
	s.seen[dir] = true
	entries, err := fs.ReadDir(s.p.fs, dir)
	if err != nil {
		s.gaps = append(s.gaps, unreadable(dir, err))
		return
	}
	d := &directory{name: dir, example: example, asked: asked}
	for _, e := range entries {
		name := e.Name()
		switch {
		case e.IsDir() && name == ".terraform":
			d.init = true
		case e.IsDir() && (strings.HasPrefix(name, ".") || name == "node_modules"):
		case e.IsDir():
			s.walk(path.Join(dir, name), example || isExampleName(name), false)
		case isConfigFile(name):
			d.files = append(d.files, name)
		case strings.HasSuffix(name, ".tfvars") || strings.HasSuffix(name, ".tfvars.json"):
			d.tfvars = true
		}
	}
	if len(d.files) > 0 {
		s.found = append(s.found, d)
	}
}

// scan looks for module calls and backends in the files of a directory. Only files with such words are parsed.
func (s *search) scan(d *directory) {
	for _, name := range d.files {
		name = path.Join(d.name, name)
		text, err := s.p.read(name, maxFileSize)
		if err != nil {
			if !errors.Is(err, errTooBig) {
				s.gaps = append(s.gaps, unreadable(name, err))
			}
			continue
		}
		if !mentions(text) {
			continue
		}
		blocks, _ := (&source{path: name, text: text}).parse()
		for _, b := range blocks {
			s.block(d, b)
		}
	}
}

// mentions says whether a text can have a module call or a backend in it.
func mentions(text []byte) bool {
	for _, word := range []string{"module", "backend", "cloud"} {
		if bytes.Contains(text, []byte(word)) {
			return true
		}
	}
	return false
}

func (s *search) block(d *directory, b *block) {
	switch b.typ {
	case "terraform":
		d.backend = d.backend || b.body.first("backend") != nil || b.body.first("cloud") != nil
	case "module":
		source := textOf(b.body.expr("source"))
		if !isLocal(source) {
			return
		}
		called := path.Join(d.name, source)
		s.p.mu.Lock()
		s.p.calls[called]++
		s.p.mu.Unlock()
		if called != d.name && (s.callers[called] == "" || !d.example) {
			s.callers[called] = d.name
		}
	}
}

// why says whether a directory is a root, and why.
func (s *search) why(d *directory) (evidence.Reason, bool) {
	caller := s.callers[d.name]
	switch {
	case d.backend:
		return evidence.Because("root_has_backend"), true
	case d.tfvars:
		return evidence.Because("root_has_variables_file"), true
	case d.init:
		return evidence.Because("root_is_initialised"), true
	case caller == "":
		return evidence.Because("root_not_called"), true
	case d.asked:
		return evidence.Because("root_given"), true
	}
	return evidence.Reason{}, false
}
