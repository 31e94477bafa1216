// Package systemd reads what the service manager makes of a host's units: their files with all drop-ins merged, whether they
// are started, and how often timers elapse. The host's own answers (systemctl) are used where they were captured, for they know of
// what generators made; otherwise the files decide.
//
// https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html
package systemd

import (
	"errors"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Host is what is known of a host's units.
type Host struct {
	Files     capture.Files
	UnitFiles []byte // of systemctl list-unit-files, nil when it was not captured
	Shown     []byte // of systemctl show, nil when it was not captured
}

// Of takes from a capture what tells about units.
func Of(c *capture.Capture) Host {
	h := Host{Files: c}
	h.UnitFiles, _ = c.Output("systemctl-unit-files")
	h.Shown, _ = c.Output("systemctl-show")
	return h
}

// Limits of what is read, against hostile input.
const (
	entriesLimit = 20_000
	namesLimit   = 20_000
	aliasLimit   = 10
)

// ErrTooLarge says that a file or directory has more in it than is read.
var ErrTooLarge = errors.New("too large to be a configuration")

// unitDirs are the directories of units, the strongest first. Directories of a release whose /lib is not a link stand last.
// https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html#Unit%20File%20Load%20Path
func unitDirs() []string {
	return []string{
		"/etc/systemd/system.control", "/run/systemd/system.control", "/run/systemd/transient", "/run/systemd/generator.early",
		"/etc/systemd/system", "/etc/systemd/system.attached", "/run/systemd/system", "/run/systemd/system.attached", "/run/systemd/generator",
		"/usr/local/lib/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system", "/run/systemd/generator.late",
	}
}

// suffixes are the types of units.
func suffixes() []string {
	return []string{".automount", ".device", ".mount", ".path", ".scope", ".service", ".slice", ".socket", ".swap", ".target", ".timer"}
}

// split splits a unit's name into its stem, the instance with its @ (or nothing), and its type.
func split(name string) (stem, instance, suffix string) {
	at := strings.LastIndexByte(name, '.')
	if at < 0 || !slices.Contains(suffixes(), name[at:]) {
		return name, "", ""
	}
	stem, suffix = name[:at], name[at:]
	if at := strings.IndexByte(stem, '@'); at >= 0 {
		stem, instance = stem[:at], stem[at:]
	}
	return stem, instance, suffix
}

// template is the name of the template of an instance, or empty.
func template(name string) string {
	stem, instance, suffix := split(name)
	if len(instance) < 2 {
		return ""
	}
	return stem + "@" + suffix
}
