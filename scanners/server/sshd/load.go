package sshd

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

const (
	// depthLimit is how deep files may include each other: SERVCONF_MAX_DEPTH of servconf.c
	depthLimit = 16
	fileLimit  = 2000
	lineLimit  = 100_000
	home22     = "/etc/ssh"
)

// ErrTooLarge says that a configuration has more files or lines than are read.
var ErrTooLarge = errors.New("more files or lines than are read")

// ErrRefused says that the daemon refuses the configuration, and would not start with it.
var ErrRefused = errors.New("the daemon refuses the configuration")

// Options are what else decides.
type Options struct {
	Version Version
	Args    []string // of the daemon's command line, without its name
	Dir     string   // where the daemon was started, / where empty
}

// Config is a configuration that the daemon would start with.
type Config struct {
	Files []string // all files that it is made of, in the order of reading
	Opens []Open   // what of it could not be read

	version Version
	main    *source
	args    []statement
	start   *state
}

// source is one file.
type source struct {
	name  string
	lines []statement
}

// statement is a line that says something.
type statement struct {
	file     string
	line     int
	keyword  keyword
	effects  []effect
	criteria []criterion // of Match
	parts    []part      // of Include
}

// part is a file that Include names, or why it is not known.
type part struct {
	source *source
	open   *Open
}

// loader reads the files of a configuration.
type loader struct {
	files   capture.Files
	options Options
	config  *Config
	lines   int
	count   int
}

// Load reads the configuration that the daemon reads with these options. A wrapped ErrRefused names the line with which the daemon would
// not start; another error says why the first file could not be read.
func Load(f capture.Files, o Options) (*Config, error) {
	if o.Dir == "" {
		o.Dir = "/"
	}
	l := &loader{files: f, options: o, config: &Config{version: o.Version}}
	name, err := l.arguments(o.Args)
	if err != nil {
		return nil, err
	}
	if l.config.main, err = l.file(name, 0); err != nil {
		return nil, err
	}
	if err := l.config.begin(); err != nil {
		return nil, err
	}
	return l.config, nil
}

// file reads one file and those that it includes.
func (l *loader) file(name string, depth int) (*source, error) {
	if depth > depthLimit {
		return nil, fmt.Errorf("%s: too many files include each other: %w", name, ErrRefused)
	}
	if l.count++; l.count > fileLimit {
		return nil, ErrTooLarge
	}
	data, err := l.files.Read(name)
	if err != nil {
		return nil, err
	}
	l.config.Files = append(l.config.Files, name)
	s := &source{name: name}
	text, _, _ := strings.Cut(string(data), "\x00") // the daemon reads it as a text that ends there
	for n, raw := range strings.Split(text, "\n") {
		if l.lines++; l.lines > lineLimit {
			return nil, ErrTooLarge
		}
		st, err := l.line(strings.TrimLeft(raw, " \t\r"), name, n+1, depth)
		if errors.Is(err, ErrTooLarge) || errors.Is(err, ErrRefused) {
			return nil, err
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w: %w", name, n+1, ErrRefused, err)
		}
		if st != nil {
			s.lines = append(s.lines, *st)
		}
	}
	return s, nil
}

// line reads one line; it returns nil for an empty one.
func (l *loader) line(text, name string, n, depth int) (*statement, error) {
	text = strings.TrimRight(text, blank+"\f")
	rest, more := text, true
	word, ok := cut(&rest, &more)
	if ok && word == "" {
		word, ok = cut(&rest, &more)
	}
	if !ok || word == "" || word[0] == '#' {
		return nil, nil
	}
	if rest == "" {
		return nil, errMissing
	}
	st := &statement{file: name, line: n}
	args, ok := split(rest)
	if !ok {
		return nil, errors.New("invalid quotes")
	}
	var err error
	switch strings.ToLower(word) {
	case "match":
		st.keyword = keyword{name: "match", match: true}
		st.criteria, err = l.match(rest, args)
		return st, err
	case "include":
		if l.options.Version.before(802) {
			return nil, errors.New("unknown keyword")
		}
		st.keyword = keyword{name: "include", match: true}
		st.parts, err = l.include(args, st, depth)
		return st, err
	}
	if st.keyword, ok = find(word, l.options.Version); !ok {
		return nil, errors.New("unknown keyword")
	}
	in := &line{keyword: st.keyword.name, rest: rest, args: args, version: l.options.Version, dir: l.options.Dir}
	if st.effects, err = st.keyword.read(in); err == nil && len(in.args) > 0 {
		err = errors.New("extra arguments at the end of the line")
	}
	return st, err
}

// include reads the files that patterns name: below /etc/ssh where they are relative, in lexical order.
// https://man.openbsd.org/sshd_config#Include
func (l *loader) include(patterns []string, st *statement, depth int) ([]part, error) {
	if len(patterns) == 0 {
		return nil, errMissing
	}
	var parts []part
	for _, p := range patterns {
		if p == "" {
			return nil, errMissing
		}
		if p[0] != '/' && p[0] != '~' {
			p = home22 + "/" + p
		}
		names, err := capture.Glob(l.files, tilde(p))
		for _, name := range names {
			s, err := l.file(path.Clean(name), depth+1)
			if errors.Is(err, ErrTooLarge) || errors.Is(err, ErrRefused) {
				return nil, err
			}
			if err != nil {
				parts = append(parts, l.open(st, name, err))
				continue
			}
			parts = append(parts, part{source: s})
		}
		if err != nil {
			parts = append(parts, l.open(st, p, err))
		}
	}
	return parts, nil
}

func (l *loader) open(st *statement, what string, err error) part {
	o := Open{File: st.file, Line: st.line, What: what, Err: err}
	l.config.Opens = append(l.config.Opens, o)
	return part{open: &o}
}
