package eval

import (
	"bytes"
	"context"
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
	Example bool           // below a directory of examples or tests
	Why     []evidence.Gap // why it is a root, and which directories were left out beside it; these hide nothing
	Gaps    []evidence.Gap // what the search could not read, of which nobody knows to which root it belongs
}

// directory is what the search for roots sees in a directory.
type directory struct {
	name     string
	files    []string // configuration files
	tfvars   bool
	init     bool // has .terraform
	backend  bool
	example  bool
	wanted   bool // not below a directory of examples, or in a path that is given
	asked    bool // given as a path
	declared bool
	listed   bool
}

// FindRoots returns the root modules in and below paths, and the declared ones, sorted by directory. A directory with
// configuration files is a root when it is declared or given, when no other directory calls it as a module, or when it
// has a backend, a variables file or .terraform. Examples and tests are left out unless they are given or declared. What
// cannot be read is a gap of the first root. The error is for a context that ended.
func (p *Parser) FindRoots(ctx context.Context, paths, declared []string) ([]RootDir, error) {
	s := &search{ctx: ctx, p: p, seen: map[string]*directory{}, callers: map[string]string{}}
	for _, given := range paths {
		dir := path.Clean(given)
		s.walk(dir, IsExample(dir), true)
		s.seen[dir].asked = true
	}
	for _, given := range declared {
		dir := path.Clean(given)
		s.walk(dir, IsExample(dir), true)
		s.seen[dir].declared = true
	}
	for _, d := range s.found {
		s.scan(d)
	}
	return s.roots(), ctx.Err()
}

// roots returns the roots among the directories that were found.
func (s *search) roots() []RootDir {
	slices.SortFunc(s.found, func(a, b *directory) int { return strings.Compare(a.name, b.name) })
	var roots []RootDir
	var left []evidence.Gap
	for _, d := range s.found {
		code, is := s.why(d)
		why := evidence.Gap{Reason: evidence.Because(code, "root", d.name), At: []evidence.Position{{File: path.Join(d.name, d.files[0])}}}
		switch {
		case is && (d.wanted || d.declared):
			roots = append(roots, RootDir{Dir: d.name, Example: d.example, Why: []evidence.Gap{why}})
		case is:
			why.Reason = evidence.Because("example_left_out", "root", d.name)
			left = append(left, why)
		}
	}
	if len(roots) > 0 {
		roots[0].Why = append(roots[0].Why, left...)
		roots[0].Gaps = s.gaps
	}
	return roots
}

// search is one search for roots.
type search struct {
	ctx     context.Context
	p       *Parser
	seen    map[string]*directory
	found   []*directory
	callers map[string]string // called directory -> one that calls it
	gaps    []evidence.Gap
}

// IsExample says whether a path has a directory of examples or tests in it.
func IsExample(name string) bool {
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
func (s *search) walk(dir string, example, wanted bool) {
	d := s.seen[dir]
	switch {
	case d != nil && (d.wanted || !wanted):
		return
	case d == nil:
		d = &directory{name: dir, example: example}
		s.seen[dir] = d
	}
	d.wanted, d.files = wanted, nil
	if len(s.seen) > maxDirectories || s.ctx.Err() != nil {
		return
	}
	entries, err := fs.ReadDir(s.p.fs, dir)
	if err != nil {
		s.gaps = append(s.gaps, unreadable(dir, err))
		return
	}
	for _, e := range entries {
		name := e.Name()
		switch {
		case e.IsDir() && name == ".terraform":
			d.init = true
		case e.IsDir() && (strings.HasPrefix(name, ".") || name == "node_modules"):
		case e.IsDir():
			s.walk(path.Join(dir, name), example || isExampleName(name), wanted && (example || !isExampleName(name)))
		case isConfigFile(name):
			d.files = append(d.files, name)
		case strings.HasSuffix(name, ".tfvars") || strings.HasSuffix(name, ".tfvars.json"):
			d.tfvars = true
		}
	}
	if len(d.files) > 0 && !d.listed {
		d.listed = true
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

// why says why a directory is a root, and whether it is one.
func (s *search) why(d *directory) (string, bool) {
	switch {
	case d.declared:
		return "root_declared", true
	case d.backend:
		return "root_has_backend", true
	case d.tfvars:
		return "root_has_variables_file", true
	case d.init:
		return "root_is_initialised", true
	case s.callers[d.name] == "":
		return "root_not_called", true
	case d.asked:
		return "root_given", true
	}
	return "", false
}
