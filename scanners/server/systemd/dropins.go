package systemd

import (
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// dropIns lists the *.conf files of directories, sorted by name; of two of one name that of the earlier directory counts. Files
// that are links to /dev/null, or empty, take their name from later directories. The list of directories that nobody looked
// into comes beside.
func dropIns(f capture.Files, dirs []string) (paths, unread []string, err error) {
	byName := map[string]string{}
	for _, dir := range dirs {
		names, err := f.List(dir)
		switch {
		case errors.Is(err, capture.ErrNotCollected):
			unread = append(unread, dir)
			continue
		case absent(err):
			continue
		case err != nil:
			return nil, nil, err
		}
		for _, name := range names {
			if strings.HasSuffix(name, ".conf") && byName[name] == "" {
				byName[name] = path.Join(dir, name)
			}
		}
		if len(byName) > namesLimit {
			return nil, nil, ErrTooLarge
		}
	}
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		paths = append(paths, byName[name])
	}
	return paths, unread, nil
}

// absent says that a path is known not to be there, or is no directory.
func absent(err error) bool { return errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) }

// unlessAbsent drops the error of a path that is known not to be there, or that nobody looked at: scripts of run levels are old, and
// a capture need not have them.
func unlessAbsent(err error) error {
	if absent(err) || errors.Is(err, capture.ErrNotCollected) {
		return nil
	}
	return err
}

// masked says whether a path is a link to /dev/null, or an empty file, which both mean that there is nothing here.
func masked(f capture.Files, name string) bool {
	if target, err := f.Link(name); err == nil {
		return target == "/dev/null"
	}
	info, err := f.Stat(name)
	return err == nil && info.Mode.IsRegular() && info.Size == 0
}

// Config is a configuration file of systemd, such as journald.conf, with its drop-ins.
type Config struct {
	Settings
	Files  []string // in the order in which they take effect
	Unread []string // directories of drop-ins that nobody looked into
}

// ReadConfig reads the configuration file of this name below /etc/systemd and its drop-ins. That there is none is no error: the
// defaults apply. https://www.freedesktop.org/software/systemd/man/latest/journald.conf.html#Configuration%20Directories%20and%20Precedence
func ReadConfig(f capture.Files, name string) (Config, error) {
	var c Config
	places := []string{"/etc/systemd", "/run/systemd", "/usr/local/lib/systemd", "/usr/lib/systemd"}
	var paths, dirs []string
	for _, dir := range places {
		dirs = append(dirs, path.Join(dir, name+".d"))
		if _, err := f.Stat(path.Join(dir, name)); err == nil && len(paths) == 0 {
			paths = []string{path.Join(dir, name)}
		} else if dir == "/etc/systemd" && err != nil && !absent(err) {
			return c, err
		}
	}
	more, unread, err := dropIns(f, dirs)
	if err != nil {
		return c, err
	}
	c.Unread = unread
	c.Settings, c.Files, err = merge(f, append(paths, more...))
	return c, err
}

// merge reads files one after the other.
func merge(f capture.Files, paths []string) (Settings, []string, error) {
	var all Settings
	var read []string
	for _, p := range paths {
		if masked(f, p) {
			continue
		}
		data, err := f.Read(p)
		if err != nil {
			return nil, nil, err
		}
		entries, err := parse(p, data)
		if err != nil {
			return nil, nil, err
		}
		all, read = append(all, entries...), append(read, p)
	}
	return all, read, nil
}
