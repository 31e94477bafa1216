package sysctl

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Setting is a line of a file: a value for a key, or for all keys that a pattern matches.
type Setting struct {
	Key   string // with slashes, as below /proc/sys
	Value string
	File  string
	Line  int
	Text  string

	excluded bool // the key is set by no pattern
}

// Config are the settings of a host, in the order in which they are made.
type Config struct {
	Files    []string // that were read, in order
	Settings []Setting
	// Unread are the reasons why settings may be missing.
	Unread []error
}

// Bounds of hostile configurations.
const (
	fileLimit    = 1000
	settingLimit = 20_000
	textLimit    = 1000 // of a key or a value
)

// ErrTooLarge says that there is more than anybody has.
var ErrTooLarge = errors.New("too many settings")

// dirs are the directories of files, the strongest first. /lib is a link to /usr/lib on newer hosts.
func dirs() []string {
	return []string{"/etc/sysctl.d", "/run/sysctl.d", "/usr/local/lib/sysctl.d", "/usr/lib/sysctl.d", "/lib/sysctl.d"}
}

// Load reads the files that systemd-sysctl reads: /etc/sysctl.conf is one only by a link in /etc/sysctl.d, which Debian has. What could
// not be read is in Unread.
func Load(f capture.Files) Config {
	var c Config
	for _, p := range c.find(f) {
		c.Add(f, p)
	}
	c.Settings = merge(c.Settings)
	return c
}

// find lists the files, sorted by name: of two of one name that of the stronger directory counts, be it a link to /dev/null or to nowhere.
func (c *Config) find(f capture.Files) []string {
	byName := map[string]string{}
	for _, dir := range dirs() {
		names, err := f.List(dir)
		if err != nil && !absent(err) && (dir != "/lib/sysctl.d" || !errors.Is(err, capture.ErrNotCollected)) {
			c.Unread = append(c.Unread, fmt.Errorf("%s: %w", dir, err))
		}
		for _, name := range names {
			if strings.HasSuffix(name, ".conf") && name[0] != '.' && byName[name] == "" {
				byName[name] = path.Join(dir, name)
			}
		}
	}
	names := slices.Sorted(maps.Keys(byName))
	if len(names) > fileLimit {
		c.Unread, names = append(c.Unread, ErrTooLarge), nil
	}
	paths := make([]string, 0, len(names))
	for _, name := range names {
		paths = append(paths, byName[name])
	}
	return paths
}

// Add reads one file more, as sysctl -p does.
func (c *Config) Add(f capture.Files, name string) {
	if target, err := f.Link(name); err == nil && target == "/dev/null" {
		return
	}
	data, err := f.Read(name)
	switch {
	case absent(err):
		return
	case err != nil:
		c.Unread = append(c.Unread, fmt.Errorf("%s: %w", name, err))
		return
	}
	c.Files = append(c.Files, name)
	number := 0
	for line := range strings.Lines(string(data)) {
		number++
		if s, ok := parse(line); ok {
			s.File, s.Line = name, number
			c.Settings = append(c.Settings, s)
		}
		if len(c.Settings) > settingLimit {
			c.Unread = append(c.Unread, fmt.Errorf("%s: %w", name, ErrTooLarge))
			return
		}
	}
}

// absent says that a path is known not to be there, or is something else than it should.
func absent(err error) bool { return errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) }

// merge takes of two settings of one key the later one, in its place; one that says the same again stays where it was, for so does
// systemd.
func merge(all []Setting) []Setting {
	last := map[string]int{}
	keep := make([]bool, len(all))
	for i, s := range all {
		if before, ok := last[s.Key]; ok {
			if all[before].Value == s.Value && all[before].excluded == s.excluded {
				continue
			}
			keep[before] = false
		}
		last[s.Key], keep[i] = i, true
	}
	var merged []Setting
	for i, s := range all {
		if keep[i] {
			merged = append(merged, s)
		}
	}
	return merged
}
