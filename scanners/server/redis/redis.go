// Package redis reads the configuration of Redis and of Valkey: directives with includes, of which the last one counts.
//
// https://redis.io/docs/latest/operate/oss_and_stack/management/config/
package redis

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Directive is one line: its name in lower case, and its arguments.
type Directive struct {
	Name string
	Args []string
	File string
	Line int
}

// Conf are the directives in the order in which they take effect.
type Conf struct {
	all    []Directive
	Files  []string
	Unread error // includes that could not be read
	full   bool  // too many files, or too deep in each other: no more are read
}

const (
	depthLimit = 10
	filesLimit = 1000 // in all: includes that name each other several times would multiply without end
)

var errTooMany = errors.New("too many files are included")

// Load reads a file with its includes.
func Load(f capture.Files, file string) (*Conf, error) {
	c := &Conf{}
	return c, c.read(f, file, 0)
}

func (c *Conf) read(f capture.Files, file string, depth int) error {
	if depth > depthLimit {
		c.full = true
		return fmt.Errorf("%s: includes lie too deep in each other", file)
	}
	text, err := f.Read(file)
	if err != nil {
		return err
	}
	if len(c.Files) >= filesLimit {
		c.full = true
		return errTooMany
	}
	c.Files = append(c.Files, file)
	n := 0
	for line := range strings.Lines(string(text)) {
		if n++; c.full {
			return nil
		}
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		words, err := split(line)
		if err != nil {
			return fmt.Errorf("%s:%d: %w", file, n, err)
		}
		if words[0] == "" {
			return fmt.Errorf("%s:%d: a directive without a name", file, n)
		}
		d := Directive{strings.ToLower(words[0]), words[1:], file, n}
		if d.Name == "include" && len(d.Args) == 1 {
			c.include(f, file, d.Args[0], depth+1)
			continue
		}
		c.all = append(c.all, d)
	}
	return nil
}

// include reads what a pattern names; a relative one counts from the directory in which the server was started, which is not known here.
func (c *Conf) include(f capture.Files, file, pattern string, depth int) {
	if !path.IsAbs(pattern) {
		c.Unread = errors.Join(c.Unread, fmt.Errorf("%s: the relative include %s: %w", file, pattern, capture.ErrNotCollected))
		return
	}
	names, err := capture.Glob(f, pattern)
	c.Unread = errors.Join(c.Unread, err)
	for _, name := range names {
		c.Unread = errors.Join(c.Unread, c.read(f, name, depth))
	}
}

// Arguments adds those of a server's command line, such as `redis-server *:6379 --port 6380`, which win over files.
func (c *Conf) Arguments(line string) {
	words := strings.Fields(line)
	for n, word := range words {
		name, ok := strings.CutPrefix(word, "--")
		if !ok || name == "" {
			continue
		}
		d := Directive{Name: strings.ToLower(name), File: "arguments"}
		for _, arg := range words[n+1:] {
			if strings.HasPrefix(arg, "--") {
				break
			}
			d.Args = append(d.Args, arg)
		}
		c.all = append(c.all, d)
	}
}

// Last returns the directive that counts.
func (c *Conf) Last(name string) (Directive, bool) {
	for n := len(c.all) - 1; n >= 0; n-- {
		if c.all[n].Name == name {
			return c.all[n], true
		}
	}
	return Directive{}, false
}

// Value returns the first argument of the directive that counts, or what is the default.
func (c *Conf) Value(name, unset string) string {
	if d, ok := c.Last(name); ok && len(d.Args) > 0 {
		return d.Args[0]
	}
	return unset
}

// split parts a line into words, of which those in quotes may hold blanks.
func split(line string) ([]string, error) {
	var words []string
	for line = strings.TrimSpace(line); line != ""; line = strings.TrimLeft(line, " \t") {
		if line[0] != '"' && line[0] != '\'' {
			end := strings.IndexAny(line, " \t")
			if end < 0 {
				end = len(line)
			}
			words, line = append(words, line[:end]), line[end:]
			continue
		}
		word, rest, ok := quoted(line)
		if !ok || rest != "" && rest[0] != ' ' && rest[0] != '\t' {
			return nil, errors.New("quotes are not balanced")
		}
		words, line = append(words, word), rest
	}
	return words, nil
}

func quoted(line string) (word, rest string, ok bool) {
	var b strings.Builder
	for n := 1; n < len(line); n++ {
		switch {
		case line[n] == '\\' && n+1 < len(line):
			n++
			b.WriteByte(line[n])
		case line[n] == line[0]:
			return b.String(), line[n+1:], true
		default:
			b.WriteByte(line[n])
		}
	}
	return "", "", false
}
