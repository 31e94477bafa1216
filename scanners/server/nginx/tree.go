package nginx

import (
	"errors"
	"fmt"
	"path"
	"regexp"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Limits of a configuration.
const (
	depthLimit = 30      // of blocks and includes together
	filesLimit = 5_000   // files
	sizeLimit  = 500_000 // directives
)

// errLimit says that a configuration is too large or too deep.
var errLimit = errors.New("too many or too deep files and directives")

// Directive is a directive with its words as nginx reads them.
type Directive struct {
	Name  string
	Args  []string
	Block []*Directive // nil unless Opens
	Opens bool         // it has a block
	File  string
	Line  int

	// Unread says why this include could not be followed: whatever directives may stand here.
	Unread error

	expression *regexp.Regexp // of a location or rewrite that has one
}

// Text is the directive as it could be written in one line, without its block.
func (d *Directive) Text() string { return strings.Join(append([]string{d.Name}, d.Args...), " ") }

// Config is a configuration with its includes resolved.
type Config struct {
	Main  []*Directive
	Files []string // that were read, the main file first
}

// Load reads a configuration as nginx does. Its error says that the main file cannot be read, or that nginx would not accept a file.
// A file that was not collected is left as an unread include.
// https://nginx.org/en/docs/ngx_core_module.html#include
func Load(files capture.Files, main string) (Config, error) {
	l := loader{files: files, dir: path.Dir(main)}
	block, err := l.file(main, 0)
	return Config{Main: block, Files: l.read}, err
}

type loader struct {
	files capture.Files
	dir   string // of the main file: includes are relative to it, wherever they stand
	read  []string
	count int
}

// file reads one file.
func (l *loader) file(name string, depth int) ([]*Directive, error) {
	if depth > depthLimit || len(l.read) >= filesLimit {
		return nil, errLimit
	}
	data, err := l.files.Read(name)
	if err != nil {
		return nil, err
	}
	l.read = append(l.read, name)
	x := &lexer{file: name, text: string(data), line: 1}
	return l.block(x, depth, false)
}

// block reads directives up to the end of the file, or of the block.
func (l *loader) block(x *lexer, depth int, inner bool) ([]*Directive, error) {
	if depth > depthLimit {
		return nil, errLimit
	}
	all := []*Directive{}
	for {
		words, line, end, err := x.directive()
		switch {
		case err != nil:
			return nil, err
		case end == endsFile && inner:
			return nil, x.fail("unexpected end of file, expecting }")
		case end == closesBlock && !inner:
			return nil, x.fail("unexpected }")
		case end == endsFile || end == closesBlock:
			return all, nil
		}
		if l.count++; l.count > sizeLimit {
			return nil, errLimit
		}
		d := &Directive{Name: words[0], Args: words[1:], File: x.file, Line: line}
		d.expression = d.pattern()
		added, err := l.add(x, d, end, depth)
		if err != nil {
			return nil, err
		}
		all = append(all, added...)
	}
}

// add completes a directive: its block, or the files that it includes.
func (l *loader) add(x *lexer, d *Directive, end ending, depth int) ([]*Directive, error) {
	if end == endsDirective {
		if d.Name == "include" && len(d.Args) == 1 {
			return l.include(d, depth)
		}
		return []*Directive{d}, nil
	}
	d.Opens, d.Block = true, []*Directive{}
	if strings.HasSuffix(d.Name, "_by_lua_block") {
		_, err := x.lua()
		return []*Directive{d}, err
	}
	block, err := l.block(x, depth+1, true)
	d.Block = block
	return []*Directive{d}, err
}

// include reads the files of an include. No match of a pattern is no file; a named file that is not there is an error.
func (l *loader) include(d *Directive, depth int) ([]*Directive, error) {
	pattern := d.Args[0]
	if !strings.HasPrefix(pattern, "/") {
		pattern = path.Join(l.dir, pattern)
	}
	names := []string{pattern}
	if strings.ContainsAny(pattern, "*?[") {
		found, err := capture.Glob(l.files, pattern)
		if err != nil {
			d.Unread = err
		}
		names = found
	}
	var all []*Directive
	for _, name := range names {
		block, err := l.file(name, depth+1)
		switch {
		case errors.Is(err, errSyntax) || errors.Is(err, errLimit):
			return nil, err
		case err != nil:
			d.Unread = fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, block...)
	}
	if d.Unread != nil {
		all = append(all, d)
	}
	return all, nil
}
