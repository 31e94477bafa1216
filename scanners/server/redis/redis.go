// Package redis reads the configuration of Redis and of Valkey: directives with includes, of which the last one counts.
//
// https://redis.io/docs/latest/operate/oss_and_stack/management/config/
package redis

import (
	"errors"
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
	capture.Includes
	all []Directive
}

const depthLimit = 10

// Load reads a file with its includes.
func Load(f capture.Files, file string) (*Conf, error) {
	c := &Conf{Includes: capture.Includes{From: f, Depth: depthLimit}}
	return c, c.read(file)
}

func (c *Conf) read(file string) error {
	return c.Lines(file, func(line string, n int) error {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			return nil
		}
		words, err := split(line)
		if err != nil {
			return err
		}
		d := Directive{strings.ToLower(words[0]), words[1:], file, n}
		switch {
		case d.Name == "":
			return errors.New("a directive without a name")
		case d.Name == "include" && len(d.Args) == 1:
			c.include(d.Args[0])
		default:
			c.all = append(c.all, d)
		}
		return nil
	})
}

// include reads what a pattern names; a relative one counts from the directory in which the server was started, which is not known here.
func (c *Conf) include(pattern string) {
	if !path.IsAbs(pattern) {
		c.Miss(pattern, capture.ErrNotCollected)
		return
	}
	names, err := capture.Glob(c.From, pattern)
	c.Miss(pattern, err)
	for _, name := range names {
		c.Miss(name, c.read(name))
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
