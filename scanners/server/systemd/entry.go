package systemd

import (
	"fmt"
	"strings"
)

// Entry is one assignment of a unit or configuration file.
type Entry struct {
	Section, Key, Value string
	File                string
	Line                int // the first line of it
}

// parse reads assignments: sections in brackets, comments with # or ;, a backslash at the end that joins lines (comment lines
// between are left out). Lines that are no assignment are passed over, as systemd does with a warning.
// https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html
func parse(file string, data []byte) ([]Entry, error) {
	var all []Entry
	section, joined, start := "", "", 0
	for i, line := range strings.Split(string(data), "\n") {
		text := strings.TrimLeft(line, " \t\r")
		if strings.HasPrefix(text, "#") || strings.HasPrefix(text, ";") {
			continue
		}
		if start == 0 {
			start = i + 1
		}
		if before, ok := strings.CutSuffix(strings.TrimRight(line, "\r"), `\`); ok {
			joined += before + " "
			continue
		}
		text = strings.TrimSpace(joined + line)
		at := start
		joined, start = "", 0
		if strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]") {
			section = text[1 : len(text)-1]
			continue
		}
		key, value, ok := strings.Cut(text, "=")
		if !ok || section == "" {
			continue
		}
		all = append(all, Entry{section, strings.TrimSpace(key), strings.TrimSpace(value), file, at})
		if len(all) > entriesLimit {
			return nil, fmt.Errorf("read %s: %w", file, ErrTooLarge)
		}
	}
	return all, nil
}

// Settings are assignments in the order in which they take effect.
type Settings []Entry

// Last returns the assignment of a key that is in force: the last one. An empty value there means the default, and is returned.
func (s Settings) Last(section, key string) (Entry, bool) {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i].Section == section && s[i].Key == key {
			return s[i], true
		}
	}
	return Entry{}, false
}

// List returns the assignments of a key that adds up: an empty assignment drops those before it.
func (s Settings) List(section, key string) []Entry {
	return s.list(section, func(k string) bool { return k == key })
}

// list returns the assignments of all keys of a list that they share, such as those of a timer.
func (s Settings) list(section string, of func(key string) bool) []Entry {
	var all []Entry
	for _, e := range s {
		switch {
		case e.Section != section || !of(e.Key):
		case e.Value == "":
			all = nil
		default:
			all = append(all, e)
		}
	}
	return all
}
