package systemd

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Unit is a unit with its drop-ins merged.
type Unit struct {
	Settings
	Name   string   // as its file is called: an alias is followed
	Masked bool     // it cannot be started
	Files  []string // its file and the drop-ins, in the order in which they take effect
	Unread []string // directories that nobody looked into, and that may change it
}

// found is where a unit's file is.
type found struct {
	name, file string
	masked     bool
	names      []string // all names on the way: aliases, the instance, its template
	unread     []string
}

// Unit returns a unit by its name, instance or alias. The error is fs.ErrNotExist for a unit that is not there.
func (h Host) Unit(name string) (Unit, error) {
	at, err := h.find(name)
	if err != nil {
		return Unit{}, err
	}
	u := Unit{Name: at.name, Masked: at.masked, Unread: at.unread}
	if u.Masked {
		return u, nil
	}
	paths, unread, err := dropIns(h.Files, dropInDirs(at.names))
	if err != nil {
		return Unit{}, err
	}
	u.Unread = append(u.Unread, unread...)
	u.Settings, u.Files, err = merge(h.Files, append([]string{at.file}, paths...))
	return u, err
}

// find looks for a unit's file, and follows aliases.
func (h Host) find(name string) (found, error) {
	at := found{name: name, names: []string{name}}
	for range aliasLimit {
		dir, unread := h.dirOf(at.name)
		at.unread = append(at.unread, unread...)
		if dir == "" {
			other := template(at.name)
			if dir, _ = h.dirOf(other); other == "" || dir == "" {
				return at, fmt.Errorf("find unit %s: %w", name, h.missing(at.unread))
			}
			at.file, at.masked = path.Join(dir, other), masked(h.Files, path.Join(dir, other))
			at.names = append(at.names, other)
			return at, nil
		}
		at.file = path.Join(dir, at.name)
		if at.masked = masked(h.Files, at.file); at.masked {
			return at, nil
		}
		target := at.name // what is no link leads to itself
		if t, err := h.Files.Link(at.file); err == nil {
			target = path.Base(t)
		}
		if target == at.name || target == template(at.name) {
			return at, nil
		}
		at.name = target
		at.names = append(at.names, at.name)
	}
	return at, fmt.Errorf("find unit %s: too many aliases: %w", name, fs.ErrInvalid)
}

// missing is the error of a unit that was not found: it is not there, or the directories of packages were not looked into.
func (h Host) missing(unread []string) error {
	for _, dir := range unread {
		if dir == "/etc/systemd/system" || dir == "/usr/lib/systemd/system" {
			return capture.ErrNotCollected
		}
	}
	return fs.ErrNotExist
}

// dirOf finds the strongest directory that has a name.
func (h Host) dirOf(name string) (string, []string) {
	var unread []string
	if name == "" || strings.Contains(name, "/") {
		return "", nil
	}
	for _, dir := range unitDirs() {
		file := path.Join(dir, name)
		_, err := h.Files.Stat(file)
		if err != nil {
			_, linkErr := h.Files.Link(file)
			if linkErr == nil {
				err = nil // it leads to where nobody looked, such as /dev/null
			}
		}
		switch {
		case err == nil:
			return dir, unread
		case errors.Is(err, capture.ErrNotCollected):
			unread = append(unread, dir)
		}
	}
	return "", unread
}

// dropInDirs lists the directories of drop-ins of names, the strongest first: of the whole name, of its template, of each prefix
// that ends with a dash, and of its type.
func dropInDirs(names []string) []string {
	var below []string
	suffix := ""
	for _, name := range names {
		stem, instance, s := split(name)
		suffix = s
		below = append(below, name+".d")
		if len(instance) > 1 {
			below = append(below, stem+"@"+suffix+".d")
		}
		for at := strings.LastIndexByte(strings.TrimSuffix(stem, "-"), '-'); at > 0; at = strings.LastIndexByte(stem[:at], '-') {
			below = append(below, stem[:at+1]+suffix+".d")
		}
	}
	below = append(below, strings.TrimPrefix(suffix, ".")+".d")
	var dirs []string
	for _, b := range below {
		for _, dir := range unitDirs() {
			dirs = append(dirs, path.Join(dir, b))
		}
	}
	return dirs
}
