package apache

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// include reads the files of a path or a pattern: a directory stands for all files below it, names are sorted in each directory.
// https://httpd.apache.org/docs/2.4/mod/core.html#include
func (l *loader) include(into, d *Directive, depth int) {
	if len(d.Args) != 1 {
		l.gap(into, d.At, d.At.File, errSyntax)
		return
	}
	name := l.path(d.Args[0])
	pattern := strings.ContainsAny(name, "*?") || strings.Contains(name, "[") && strings.Contains(name, "]")
	optional := d.Name == "includeoptional"
	var found []string
	var err error
	switch {
	case pattern:
		found, err = l.matching("/", strings.Split(strings.Trim(name, "/"), "/"))
	case optional && l.absent(name):
	default:
		found = []string{name}
	}
	if err != nil {
		l.gap(into, d.At, name, err)
	}
	if pattern && !optional && err == nil && len(found) == 0 {
		l.gap(into, d.At, name, fmt.Errorf("include %s: %w", name, fs.ErrNotExist))
	}
	for _, file := range found {
		if l.full {
			return
		}
		l.below(file, into, d, depth+1)
	}
}

// path is a path relative to ServerRoot.
func (l *loader) path(name string) string {
	if path.IsAbs(name) {
		return path.Clean(name)
	}
	return path.Join(l.tree.Root, name)
}

// absent says that a path is known not to be there.
func (l *loader) absent(name string) bool {
	_, err := l.files.Stat(name)
	return errors.Is(err, fs.ErrNotExist)
}

// below reads a file, or all files of a directory and of those below it.
func (l *loader) below(name string, into, d *Directive, depth int) {
	if depth > depthLimit || l.names > namesLimit {
		l.gap(into, d.At, name, errLimit)
		return
	}
	info, err := l.files.Stat(name)
	if err != nil || !info.Mode.IsDir() {
		l.file(name, into, d.At, d.Doubt, depth)
		return
	}
	names, err := l.files.List(name)
	if err != nil {
		l.gap(into, d.At, name, err)
		return
	}
	l.names += 1 + len(names)
	for _, n := range names {
		if l.full {
			return
		}
		l.below(path.Join(name, n), into, d, depth+1)
	}
}

// matching finds the paths of a pattern, directory by directory; a leading dot must be written.
func (l *loader) matching(dir string, parts []string) ([]string, error) {
	if len(parts) == 0 {
		return []string{dir}, nil
	}
	if !strings.ContainsAny(parts[0], `*?[\`) {
		return l.matching(path.Join(dir, parts[0]), parts[1:])
	}
	if l.names > namesLimit {
		return nil, errLimit
	}
	names, err := l.files.List(dir)
	l.names += 1 + len(names)
	switch {
	case errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid):
		return nil, nil
	case err != nil:
		return nil, err
	}
	slices.Sort(names)
	var found []string
	var troubles error
	for _, name := range names {
		if !capture.MatchName(parts[0], name) {
			continue
		}
		next := path.Join(dir, name)
		if len(parts) > 1 && !l.reaches(next) {
			continue
		}
		more, err := l.matching(next, parts[1:])
		found, troubles = append(found, more...), errors.Join(troubles, err)
	}
	return l.existing(found, len(parts) > 1), troubles
}

// reaches says whether a path may be a directory.
func (l *loader) reaches(name string) bool {
	info, err := l.files.Stat(name)
	return err != nil || info.Mode.IsDir()
}

// existing drops paths whose last, literal part is known not to be there.
func (l *loader) existing(names []string, literal bool) []string {
	if !literal {
		return names
	}
	return slices.DeleteFunc(names, l.absent)
}
