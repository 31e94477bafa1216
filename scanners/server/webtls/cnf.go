package webtls

import (
	"bufio"
	"errors"
	"io/fs"
	"path"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// cnf is an openssl.cnf with what it includes.
type cnf struct {
	files    capture.Files
	sections map[string]map[string]string
	names    []string
	section  string
}

// cnfDepth is how deep files may include each other.
const cnfDepth = 10

// read reads a file: https://docs.openssl.org/3.0/man5/config/
func (c *cnf) read(name string, depth int) error {
	if depth > cnfDepth || len(c.names) > 100 {
		return fs.ErrInvalid
	}
	data, err := c.files.Read(name)
	if err != nil {
		return err
	}
	c.names = append(c.names, name)
	if depth == 0 {
		c.section = "default"
	}
	lines := bufio.NewScanner(strings.NewReader(strings.ReplaceAll(string(data), "\\\n", "")))
	for lines.Scan() {
		line, _, _ := strings.Cut(lines.Text(), "#")
		if err := c.line(strings.TrimSpace(line), depth); err != nil {
			return err
		}
	}
	return lines.Err()
}

// line takes one line over.
func (c *cnf) line(line string, depth int) error {
	if rest, ok := strings.CutPrefix(line, ".include"); ok {
		return c.include(strings.TrimSpace(strings.TrimLeft(rest, " \t=")), depth)
	}
	if strings.HasPrefix(line, "[") {
		c.section = strings.TrimSpace(strings.Trim(line, "[]"))
		return nil
	}
	key, value, ok := strings.Cut(line, "=")
	if !ok {
		return nil
	}
	if c.sections[c.section] == nil {
		c.sections[c.section] = map[string]string{}
	}
	c.sections[c.section][strings.TrimSpace(key)] = strings.Trim(strings.TrimSpace(value), `"'`)
	return nil
}

// include reads a file, or all files of a directory that end in .cnf or .conf. What is not there is left out.
func (c *cnf) include(name string, depth int) error {
	if strings.Contains(name, "$") {
		return fs.ErrInvalid
	}
	names := []string{name}
	if info, err := c.files.Stat(name); err == nil && info.Mode.IsDir() {
		entries, err := c.files.List(name)
		if err != nil {
			return err
		}
		names = nil
		for _, entry := range entries {
			if strings.HasSuffix(entry, ".cnf") || strings.HasSuffix(entry, ".conf") {
				names = append(names, path.Join(name, entry))
			}
		}
	}
	for _, n := range names {
		if err := c.read(n, depth+1); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
