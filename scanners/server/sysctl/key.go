package sysctl

import (
	"path"
	"strings"
)

// parse reads a line: key = value, -key = value where it may fail, or -key for a key that no pattern sets. It is false for a comment,
// an empty line and one that systemd warns of and leaves out.
func parse(line string) (Setting, bool) {
	const space = " \t\r\n"
	text := strings.Trim(line, space)
	if text == "" || text[0] == '#' || text[0] == ';' {
		return Setting{}, false
	}
	key, value, assigned := strings.Cut(text, "=")
	name, marked := strings.CutPrefix(key, "-")
	s := Setting{Key: normal(strings.Trim(name, space)), Value: strings.Trim(value, space), Text: text, excluded: !assigned}
	if s.Key == "" || !assigned && !marked || len(s.Key) > textLimit || len(s.Value) > textLimit {
		return Setting{}, false
	}
	return s, true
}

// normal writes a key with slashes. Where the first separator is a dot, dots and slashes change places: of devices' names with dots.
func normal(key string) string {
	if i := strings.IndexAny(key, "/."); i >= 0 && key[i] == '.' {
		key = strings.Map(func(r rune) rune {
			switch r {
			case '.':
				return '/'
			case '/':
				return '.'
			}
			return r
		}, key)
	}
	key = strings.Trim(path.Clean("/"+key), "/")
	return key
}

// pattern says whether a key stands for several.
func pattern(key string) bool { return strings.ContainsAny(key, "*?[") }
