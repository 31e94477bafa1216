package postgres

import (
	"errors"
	"fmt"
	"io/fs"
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

// Conf holds the settings that are in force; names are in lower case.
type Conf struct {
	settings map[string]Setting
	Files    []string // that were read, in order
	Unread   error    // what could not be read, and may change any setting
	full     bool     // too many files, or too deep in each other: no more are read
}

// depthLimit is how deep PostgreSQL follows includes.
// https://github.com/postgres/postgres/blob/master/src/include/utils/conffiles.h (CONF_FILE_MAX_DEPTH)
const depthLimit = 10

// filesLimit is how many files are read in all: includes that name each other several times would multiply without end.
const filesLimit = 1000

var errTooMany = errors.New("too many files are included")

// Load reads a configuration file with its includes, and then postgresql.auto.conf of the data directory, which wins. Of several
// assignments the last one counts. https://www.postgresql.org/docs/current/config-setting.html
func Load(f capture.Files, file string) (*Conf, error) {
	c := &Conf{settings: map[string]Setting{}}
	if err := c.read(f, file, 0); err != nil {
		return nil, err
	}
	data := path.Dir(file)
	if s, ok := c.settings["data_directory"]; ok {
		data = s.Value
	}
	auto := path.Join(data, "postgresql.auto.conf")
	err := c.read(f, auto, 0)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		c.Unread = errors.Join(c.Unread, err)
	}
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
		name, value, ok, err := assignment(line)
		if err != nil {
			return fmt.Errorf("%s:%d: %w", file, n, err)
		}
		if !ok {
			continue
		}
		switch name {
		case "include", "include_if_exists", "include_dir":
			c.include(f, name, resolve(file, value), depth+1)
		default:
			c.settings[name] = Setting{name, value, file, n}
		}
	}
	return nil
}

// include follows one include; what cannot be read may change anything.
func (c *Conf) include(f capture.Files, how, target string, depth int) {
	if how != "include_dir" {
		err := c.read(f, target, depth)
		if err != nil && (how != "include_if_exists" || !errors.Is(err, fs.ErrNotExist)) {
			c.Unread = errors.Join(c.Unread, err)
		}
		return
	}
	names, err := f.List(target)
	if err != nil {
		c.Unread = errors.Join(c.Unread, err)
		return
	}
	for _, name := range names {
		if strings.HasSuffix(name, ".conf") && !strings.HasPrefix(name, ".") {
			if err := c.read(f, path.Join(target, name), depth); err != nil {
				c.Unread = errors.Join(c.Unread, err)
			}
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
