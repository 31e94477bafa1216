package capture

import (
	"slices"
	"strings"
)

// wholes are the directories of which a host has much, and the paths of which one at least is in each that was copied as a whole: the
// accounts, the programs, and what package managers keep (dpkg, RPM, apk, pacman).
var wholes = []struct {
	dir   string
	signs []string
}{
	{"/etc", []string{"/etc/passwd"}},
	{"/usr", []string{"/usr/bin"}},
	{"/var", []string{"/var/lib/dpkg/status", "/var/lib/rpm", "/usr/lib/sysimage/rpm", "/lib/apk/db/installed", "/var/lib/pacman/local"}},
}

// parts are the directories that the root has in part or not at all: nobody put a whole host there, but files of one, such as a
// repository of configuration. Where one is, what lies outside all of them is not whole either: "/" then stands for it.
func (r *rootFiles) parts() []string {
	var partial []string
	for _, w := range wholes {
		if !slices.ContainsFunc(w.signs, func(sign string) bool { _, _, err := r.walk(sign); return err == nil }) {
			partial = append(partial, w.dir)
		}
	}
	if len(partial) > 0 {
		partial = append([]string{"/"}, partial...)
	}
	return partial
}

// untold says whether a path that is missing may be there on the host.
func (r *rootFiles) untold(at string) bool {
	for _, w := range wholes {
		if at == w.dir || strings.HasPrefix(at, w.dir+"/") {
			return slices.Contains(r.partial, w.dir)
		}
	}
	return slices.Contains(r.partial, "/")
}
