// Package fail2ban reads the jails of fail2ban from its files, as its client does: jail.conf, jail.d/*.conf, jail.local, jail.d/*.local,
// with the files that they include and the values that stand in values.
//
// https://manpages.debian.org/bookworm/fail2ban/jail.conf.5.en.html
package fail2ban

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Option is a value as it is written.
type Option struct {
	Value string
	File  string
	Line  int
}

// Conf are the options of all sections; DEFAULT holds for each.
type Conf struct {
	capture.Includes
	sections map[string]map[string]Option
	known    map[string]map[string]Option // what an option was before it was set anew
}

// depthLimit bounds includes and values that stand in values. https://docs.python.org/3/library/configparser.html (MAX_INTERPOLATION_DEPTH)
const depthLimit = 10

// Load reads the configuration in a directory, /etc/fail2ban. The error is of a file that is there and could not be read.
func Load(f capture.Files, dir string) (*Conf, error) {
	c := &Conf{Includes: capture.Includes{From: f, Depth: depthLimit}, sections: map[string]map[string]Option{"DEFAULT": {}}, known: map[string]map[string]Option{}}
	names, err := f.List(path.Join(dir, "jail.d"))
	if capture.UnlessAbsent(err) != nil {
		return nil, err
	}
	files := []string{path.Join(dir, "jail.conf")}
	for _, suffix := range []string{".conf", ".local"} {
		if suffix == ".local" {
			files = append(files, path.Join(dir, "jail.local"))
		}
		for _, name := range names {
			if strings.HasSuffix(name, suffix) && !strings.HasPrefix(name, ".") {
				files = append(files, path.Join(dir, "jail.d", name))
			}
		}
	}
	for _, file := range files {
		if err := capture.UnlessAbsent(c.read(file)); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// read reads a file between those that it includes before and after itself.
func (c *Conf) read(file string) error {
	return c.Read(file, func(text string) error {
		own, err := parse(text, file)
		if err != nil {
			return err
		}
		if err := c.include(file, own["INCLUDES"]["before"].Value); err != nil {
			return err
		}
		c.merge(own)
		return c.include(file, own["INCLUDES"]["after"].Value)
	})
}

// include reads the files that a file names, one in each line, each before the local one beside it.
func (c *Conf) include(file, names string) error {
	for target := range strings.SplitSeq(names, "\n") {
		if target == "" {
			continue
		}
		if !path.IsAbs(target) {
			target = path.Join(path.Dir(file), target)
		}
		for _, t := range []string{target, strings.TrimSuffix(target, ".conf") + ".local"} {
			if err := capture.UnlessAbsent(c.read(t)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *Conf) merge(own map[string]map[string]Option) {
	for section, options := range own {
		if section == "INCLUDES" {
			continue
		}
		if c.sections[section] == nil {
			c.sections[section] = map[string]Option{}
		}
		for name, o := range options {
			if old, ok := c.sections[section][name]; ok {
				if c.known[section] == nil {
					c.known[section] = map[string]Option{}
				}
				c.known[section][name] = old
			}
			c.sections[section][name] = o
		}
	}
}

// parse reads a file in the form of Python's configparser: sections, `name = value` or `name: value`, lines that begin with a blank go on. A section,
// DEFAULT aside, or an option twice in one file is an error, with which fail2ban does not start.
func parse(text, file string) (map[string]map[string]Option, error) {
	all := map[string]map[string]Option{}
	section, name, n := "", "", 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\r\n")
		trimmed := strings.TrimSpace(line)
		switch {
		case trimmed == "" || trimmed[0] == '#' || trimmed[0] == ';':
		case (line[0] == ' ' || line[0] == '\t') && name != "":
			o := all[section][name]
			o.Value = strings.TrimSpace(o.Value + "\n" + withoutComment(trimmed))
			all[section][name] = o
		case trimmed[0] == '[' && strings.Contains(trimmed, "]"):
			section, name = trimmed[1:strings.Index(trimmed, "]")], ""
			if all[section] != nil && section != "DEFAULT" {
				return nil, fmt.Errorf("%s:%d: the section %s stands there twice", file, n, section)
			}
			if all[section] == nil {
				all[section] = map[string]Option{}
			}
		default:
			end := strings.IndexAny(trimmed, "=:")
			if end < 0 || section == "" {
				name = ""
				continue
			}
			name = strings.ToLower(strings.TrimSpace(trimmed[:end]))
			if _, twice := all[section][name]; twice {
				return nil, fmt.Errorf("%s:%d: %s stands there twice", file, n, name)
			}
			all[section][name] = Option{withoutComment(strings.TrimSpace(trimmed[end+1:])), file, n}
		}
	}
	return all, nil
}

// withoutComment cuts a comment that follows a blank and a semicolon.
func withoutComment(value string) string {
	if n := strings.Index(value, " ;"); n >= 0 {
		return strings.TrimSpace(value[:n])
	}
	return value
}

// Get returns an option of a section with the values that stand in it as %(name)s replaced; false where it, or one of them, is not set.
func (c *Conf) Get(section, name string) (Option, bool) {
	o, ok := c.find(section, name)
	if !ok {
		return Option{}, false
	}
	o.Value, ok = c.expand(section, o.Value, depthLimit)
	return o, ok
}

func (c *Conf) find(section, name string) (Option, bool) {
	if o, ok := c.sections[section][name]; ok {
		return o, true
	}
	o, ok := c.sections["DEFAULT"][name]
	return o, ok
}

// valueLimit is how long a value may become.
const valueLimit = 1 << 16

func (c *Conf) expand(section, text string, depth int) (string, bool) {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "%(")
		b.WriteString(before)
		if !found {
			return strings.ReplaceAll(b.String(), "%%", "%"), b.Len() <= valueLimit
		}
		name, after, ok := strings.Cut(rest, ")s")
		if !ok || depth == 0 || b.Len() > valueLimit {
			return "", false
		}
		value, ok := c.reference(section, strings.ToLower(name), depth)
		if !ok {
			return "", false
		}
		b.WriteString(value)
		text = after
	}
}

// reference is a value by its name, which may have a section before it: default/backend, known/bantime.
func (c *Conf) reference(section, name string, depth int) (string, bool) {
	if name == "__name__" {
		return section, true
	}
	in := section
	var o Option
	var ok bool
	switch before, after, named := strings.Cut(name, "/"); {
	case named && before == "known":
		if o, ok = c.known[section][after]; !ok {
			o, ok = c.find(section, after)
		}
	case named && before == "default":
		in = "DEFAULT"
		o, ok = c.find(in, after)
	case named:
		in = before
		o, ok = c.find(in, after)
	default:
		o, ok = c.find(section, name)
	}
	if !ok {
		return "", false
	}
	return c.expand(in, o.Value, depth-1)
}

// Jails are the jails that are enabled, sorted.
func (c *Conf) Jails() []string {
	var all []string
	for section := range c.sections {
		if o, ok := c.Get(section, "enabled"); section != "DEFAULT" && ok && truth(o.Value) {
			all = append(all, section)
		}
	}
	slices.Sort(all)
	return all
}

func truth(v string) bool {
	return slices.Contains([]string{"1", "on", "true", "yes"}, strings.ToLower(v))
}

// Span reads a time: a number of seconds, or numbers with units such as 1h30m; negative is for ever.
// https://github.com/fail2ban/fail2ban/wiki/Time-format
func Span(text string) (time.Duration, bool) {
	text = strings.ToLower(strings.ReplaceAll(text, " ", ""))
	if n, err := strconv.Atoi(text); err == nil && n < 1<<31 {
		return time.Duration(n) * time.Second, true
	}
	units := map[string]int{"s": 1, "sec": 1, "second": 1, "seconds": 1, "m": 60, "min": 60, "mins": 60, "minute": 60, "minutes": 60, "h": 3600, "hour": 3600, "hours": 3600,
		"d": 86400, "day": 86400, "days": 86400, "w": 604800, "week": 604800, "weeks": 604800, "mo": 2629746, "month": 2629746, "months": 2629746, "y": 31556952, "year": 31556952, "years": 31556952}
	total := 0
	for text != "" {
		digits := 0
		for digits < len(text) && text[digits] >= '0' && text[digits] <= '9' {
			digits++
		}
		letters := digits
		for letters < len(text) && text[letters] >= 'a' && text[letters] <= 'z' {
			letters++
		}
		n, err := strconv.Atoi(text[:digits])
		unit, ok := units[text[digits:letters]]
		if err != nil || !ok || n > 1<<20 {
			return 0, false
		}
		total, text = total+n*unit, text[letters:]
	}
	return time.Duration(total) * time.Second, true
}
