package apt

import (
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Source is what the index of a package source says of itself (its Release file).
type Source struct{ Origin, Label, Suite, Codename, Site, Component string }

// Release is the distribution of the host: its id as os-release has it, capitalised as lsb_release does, and its codename.
type Release struct{ ID, Codename string }

// Installs says whether unattended-upgrades would install a package of a source by itself, by its patterns. Decided is false where a
// pattern asks for something of the source that is not known.
// https://github.com/mvo5/unattended-upgrades#setup
func (c Conf) Installs(r Release, s Source) (installs, decided bool) {
	decided = true
	for _, pattern := range c.Patterns() {
		match, known := matches(pattern.Value, r, s)
		if match && known {
			return true, true
		}
		decided = decided && known
	}
	return false, decided
}

// Patterns are the origins that unattended-upgrades may install from: Allowed-Origins as "origin:archive", and Origins-Pattern.
func (c Conf) Patterns() []Item {
	var all []Item
	for _, i := range c.List("Unattended-Upgrade::Allowed-Origins") {
		if origin, suite, ok := split(i.Value); ok {
			i.Value = "o=" + strings.ReplaceAll(origin, ",", `\,`) + ",a=" + strings.ReplaceAll(suite, ",", `\,`)
			all = append(all, i)
		}
	}
	return append(all, c.List("Unattended-Upgrade::Origins-Pattern")...)
}

// split parts origin and archive, which a colon or a blank separates.
func split(value string) (origin, suite string, ok bool) {
	if origin, suite, ok = strings.Cut(value, ":"); ok {
		return origin, suite, true
	}
	return strings.Cut(value, " ")
}

// matches says whether a source is all that a pattern asks for. A match is known unless the pattern asks for what is not known.
func matches(pattern string, r Release, s Source) (match, known bool) {
	if pattern == "*" {
		return true, true
	}
	known = true
	pattern = strings.NewReplacer("${distro_id}", r.ID, "${distro_codename}", r.Codename, `\,`, "\x00").Replace(pattern)
	for part := range strings.SplitSeq(pattern, ",") {
		key, want, ok := strings.Cut(strings.TrimSpace(part), "=")
		if !ok {
			return false, true
		}
		want = strings.ReplaceAll(strings.TrimSpace(want), "\x00", ",")
		got, defined := s.value(strings.TrimSpace(key))
		switch {
		case !defined:
			return false, true
		case got == "":
			known = false
		case !capture.Match(want, got):
			return false, true
		}
	}
	return true, known
}

// value is what the source has under a key of a pattern.
func (s Source) value(key string) (string, bool) {
	switch key {
	case "o", "origin":
		return s.Origin, true
	case "l", "label":
		return s.Label, true
	case "a", "suite", "archive":
		return s.Suite, true
	case "c", "component":
		return s.Component, true
	case "site":
		return s.Site, true
	case "n", "codename":
		return s.Codename, true
	}
	return "", false
}
