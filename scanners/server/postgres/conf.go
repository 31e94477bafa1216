package postgres

import (
	"errors"
	"path"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Setting is one assignment.
type Setting struct {
	Name, Value string
	File        string
	Line        int
}

// Conf holds the settings that are in force; names are in lower case. What could not be read may change any of them.
type Conf struct {
	capture.Includes
	settings map[string]Setting
}

// depthLimit is how deep PostgreSQL follows includes.
// https://github.com/postgres/postgres/blob/master/src/include/utils/conffiles.h (CONF_FILE_MAX_DEPTH)
const depthLimit = 10

// Load reads a configuration file with its includes, and then postgresql.auto.conf of the data directory, which wins. Of several
// assignments the last one counts. https://www.postgresql.org/docs/current/config-setting.html
func Load(f capture.Files, file string) (*Conf, error) {
	c := &Conf{Includes: capture.Includes{From: f, Depth: depthLimit}, settings: map[string]Setting{}}
	if err := c.read(file); err != nil {
		return nil, err
	}
	data := path.Dir(file)
	if s, ok := c.settings["data_directory"]; ok {
		data = s.Value
	}
	auto := path.Join(data, "postgresql.auto.conf")
	c.Miss(auto, capture.UnlessAbsent(c.read(auto)))
	return c, nil
}

// Get returns a setting as it stands in the files, and whether it does.
func (c *Conf) Get(name string) (Setting, bool) {
	s, ok := c.settings[name]
	return s, ok
}

// Is says whether a boolean setting is on, given what it is when it is not set.
// https://www.postgresql.org/docs/current/config-setting.html#CONFIG-SETTING-NAMES-VALUES
func (c *Conf) Is(name string, unset bool) bool {
	s, ok := c.settings[name]
	if !ok {
		return unset
	}
	on, known := Bool(s.Value)
	return known && on
}

// Bool reads on, true, yes, 1 and their opposites, and unambiguous beginnings of these words.
func Bool(value string) (on, known bool) {
	v := strings.ToLower(value)
	if v == "" {
		return false, false
	}
	for _, word := range []string{"true", "yes"} {
		if strings.HasPrefix(word, v) {
			return true, true
		}
	}
	for _, word := range []string{"false", "no"} {
		if strings.HasPrefix(word, v) {
			return false, true
		}
	}
	switch v {
	case "on", "1":
		return true, true
	case "of", "off", "0":
		return false, true
	}
	return false, false
}

func (c *Conf) read(file string) error {
	return c.Lines(file, func(line string, n int) error {
		name, value, ok, err := assignment(line)
		if err != nil || !ok {
			return err
		}
		switch name {
		case "include", "include_if_exists", "include_dir":
			follow(&c.Includes, name, resolve(file, value), c.read)
		default:
			c.settings[name] = Setting{name, value, file, n}
		}
		return nil
	})
}

// follow follows include, include_if_exists and include_dir, of which the files that end in .conf are read.
func follow(i *capture.Includes, how, target string, read func(file string) error) {
	if how != "include_dir" {
		err := read(target)
		if how == "include_if_exists" {
			err = capture.UnlessAbsent(err)
		}
		i.Miss(target, err)
		return
	}
	names, err := i.From.List(target)
	i.Miss(target, err)
	for _, name := range names {
		if strings.HasSuffix(name, ".conf") && !strings.HasPrefix(name, ".") {
			file := path.Join(target, name)
			i.Miss(file, read(file))
		}
	}
}

// resolve makes a path of a file relative to the directory of the file that names it.
func resolve(file, target string) string {
	if path.IsAbs(target) {
		return path.Clean(target)
	}
	return path.Join(path.Dir(file), target)
}

// assignment reads `name = value`, where the equals sign may be left out.
func assignment(line string) (name, value string, ok bool, err error) {
	line = strings.TrimSpace(line)
	if line == "" || line[0] == '#' {
		return "", "", false, nil
	}
	end := strings.IndexFunc(line+" ", func(r rune) bool { return !isName(r) })
	if end <= 0 || line[0] >= '0' && line[0] <= '9' {
		return "", "", false, errors.New("not an assignment")
	}
	name, rest := strings.ToLower(line[:end]), strings.TrimSpace(line[end:])
	rest = strings.TrimSpace(strings.TrimPrefix(rest, "="))
	value, rest, err = firstValue(rest)
	if err != nil {
		return "", "", false, err
	}
	if rest = strings.TrimSpace(rest); rest != "" && rest[0] != '#' {
		return "", "", false, errors.New("something follows the value")
	}
	return name, value, true, nil
}

func isName(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '.' || r == '$'
}

// firstValue reads a value: a word, or a text in single quotes with two quotes or \' for a quote and the escapes of C.
func firstValue(text string) (value, rest string, err error) {
	if text == "" || text[0] == '#' {
		return "", "", errors.New("a name without a value")
	}
	if text[0] != '\'' {
		end := strings.IndexAny(text, " \t#\r")
		if end < 0 {
			end = len(text)
		}
		return text[:end], text[end:], nil
	}
	var b strings.Builder
	for n := 1; n < len(text); n++ {
		switch {
		case text[n] == '\\' && n+1 < len(text):
			n++
			b.WriteByte(escaped(text[n]))
		case text[n] == '\'' && n+1 < len(text) && text[n+1] == '\'':
			n++
			b.WriteByte('\'')
		case text[n] == '\'':
			return b.String(), text[n+1:], nil
		default:
			b.WriteByte(text[n])
		}
	}
	return "", "", errors.New("a quote is not closed")
}

func escaped(c byte) byte {
	switch c {
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return c
}
