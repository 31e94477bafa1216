// Package timesync reads from where the daemons that set the clock take the time: chrony, ntpd and systemd-timesyncd.
package timesync

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/systemd"
)

// Source is a line that names a source.
type Source struct {
	Kind, Name string // such as pool and 2.debian.pool.ntp.org
	File       string
	Line       int // 0 for a default
}

// Daemon is a program that sets the clock.
type Daemon struct {
	Processes []string
	Unit      string
	Config    string
	sources   func(capture.Files) ([]Source, error)
}

// Sources lists the sources. The error is fs.ErrNotExist where there is no configuration.
func (d Daemon) Sources(f capture.Files) ([]Source, error) { return d.sources(f) }

// Daemons lists those that are known.
func Daemons() []Daemon {
	all := []Daemon{
		{[]string{"chronyd"}, "chrony.service", "/etc/chrony/chrony.conf", chrony("/etc/chrony/chrony.conf")},
		{[]string{"chronyd"}, "chronyd.service", "/etc/chrony.conf", chrony("/etc/chrony.conf")},
		{[]string{"systemd-timesyncd", "systemd-timesyn"}, "systemd-timesyncd.service", "/etc/systemd/timesyncd.conf", timesyncd},
	}
	for _, file := range []string{"/etc/ntpsec/ntp.conf", "/etc/ntp.conf"} {
		all = append(all, Daemon{[]string{"ntpd"}, path.Base(path.Dir(file)) + ".service", file, func(f capture.Files) ([]Source, error) { return lines(f, file, nil, 0) }})
	}
	all[len(all)-1].Unit = "ntp.service"
	return all
}

// Limits of includes: their depth, and the number of files.
const (
	limit      = 10
	filesLimit = 1000
)

// chrony reads chrony.conf with what it includes. https://chrony-project.org/doc/latest/chrony.conf.html
func chrony(file string) func(capture.Files) ([]Source, error) {
	return func(f capture.Files) ([]Source, error) {
		c := &reader{files: f}
		return lines(f, file, c, 0)
	}
}

// reader follows the includes of chrony.
type reader struct {
	files capture.Files
	read  int // files so far
}

// kinds are the words that name a source.
func kinds() []string { return []string{"peer", "pool", "refclock", "server"} }

// lines reads one file; chrony is nil for ntpd, whose includes are not followed.
func lines(f capture.Files, file string, c *reader, depth int) ([]Source, error) {
	data, err := f.Read(file)
	if err != nil {
		return nil, err
	}
	if c != nil {
		c.read++
	}
	if depth > limit || c != nil && c.read > filesLimit {
		return nil, fs.ErrInvalid
	}
	var all []Source
	for i, line := range strings.Split(string(data), "\n") {
		w := strings.Fields(line)
		if len(w) == 0 || strings.ContainsRune("!#;%", rune(w[0][0])) {
			continue
		}
		word := strings.ToLower(w[0])
		switch {
		case len(w) > 1 && slices.Contains(kinds(), word):
			all = append(all, Source{word, w[1], file, i + 1})
		case c != nil && len(w) > 1:
			more, err := c.included(word, w[1:], depth)
			if err != nil {
				return nil, err
			}
			all = append(all, more...)
		}
	}
	return all, nil
}

// included reads what a line includes: one file or pattern, or directories of files. Of files of one name the first directory's counts.
func (c *reader) included(word string, args []string, depth int) ([]Source, error) {
	var names []string
	switch word {
	case "include":
		found, err := capture.Glob(c.files, args[0])
		if err != nil {
			return nil, err
		}
		names = found
	case "confdir":
		return c.dirs(args, ".conf", depth)
	case "sourcedir":
		return c.dirs(args, ".sources", depth)
	}
	var all []Source
	for _, name := range names {
		more, err := lines(c.files, name, c, depth+1)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return all, nil
}

// dirs reads the files of directories that end so, sorted by their names.
func (c *reader) dirs(dirs []string, suffix string, depth int) ([]Source, error) {
	byName := map[string]string{}
	var names []string
	for _, dir := range dirs {
		in, err := c.files.List(dir)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			if suffix == ".sources" && errors.Is(err, capture.ErrNotCollected) {
				continue // sources of DHCP in /run: they could only add some
			}
			return nil, err
		}
		for _, name := range in {
			if strings.HasSuffix(name, suffix) && byName[name] == "" {
				byName[name] = path.Join(dir, name)
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	var all []Source
	for _, name := range names {
		more, err := lines(c.files, byName[name], c, depth+1)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return all, nil
}

// timesyncd reads timesyncd.conf. Where no server is named those that were compiled in are used, of which every distribution has some.
// https://www.freedesktop.org/software/systemd/man/latest/timesyncd.conf.html#FallbackNTP=
func timesyncd(f capture.Files) ([]Source, error) {
	c, err := systemd.ReadConfig(f, "timesyncd.conf")
	if err != nil {
		return nil, err
	}
	var all []Source
	for _, key := range []string{"NTP", "FallbackNTP"} {
		for _, e := range c.List("Time", key) {
			for _, name := range strings.Fields(e.Value) {
				all = append(all, Source{key, name, e.File, e.Line})
			}
		}
	}
	if e, ok := c.Last("Time", "FallbackNTP"); len(all) == 0 && (!ok || e.Value != "") {
		all = []Source{{"FallbackNTP", "", "/etc/systemd/timesyncd.conf", 0}}
	}
	return all, nil
}
