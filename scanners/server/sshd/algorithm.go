package sshd

import (
	"slices"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// algorithm is a name that a version of the daemon knows. until is the first version without it; 0 means that all have it.
type algorithm struct {
	name         string
	since, until int
}

// family is a sort of algorithms: all that are known, in the daemon's order, and the default by version.
type family struct {
	all       []algorithm
	defaults  []offer
	wildcards bool // names may be patterns
}

// offer is the default from a version on.
type offer struct {
	since int
	names string
}

// names are those that a version knows.
func (f family) names(v Version) []string {
	var known []string
	for _, a := range f.all {
		if !v.Known() || v.number() >= a.since && (a.until == 0 || v.number() < a.until) {
			known = append(known, a.name)
		}
	}
	return known
}

// standard is the default of a version that is known.
func (f family) standard(v Version) []string {
	names := ""
	for _, o := range f.defaults {
		if v.number() >= o.since {
			names = o.names
		}
	}
	return strings.Split(names, ",")
}

// valid says whether the daemon takes a list; it does not look at what is taken away.
func (f family) valid(list string, v Version) bool {
	if strings.HasPrefix(list, "-") {
		return true
	}
	known := f.names(v)
	list = strings.TrimLeft(list[:1], "+^") + list[1:]
	if list == "" || list[0] == ',' && !f.wildcards {
		return false
	}
	for _, name := range strings.Split(list, ",") {
		if name == "" {
			break
		}
		if slices.Contains(known, name) {
			continue
		}
		if !f.wildcards || !slices.ContainsFunc(known, func(k string) bool { return listed(k, name) != 0 }) {
			return false
		}
	}
	return true
}

// assemble applies a list to the default, as the daemon does: + adds, - takes away, ^ puts in front, all others replace it. ok is
// false where the daemon ends.
// https://man.openbsd.org/sshd_config#Ciphers
func (f family) assemble(list string, v Version) (names string, ok bool) {
	standard := f.standard(v)
	if list == "" {
		return strings.Join(standard, ","), true
	}
	wanted := strings.Split(list, ",")
	switch list[0] {
	case '-':
		kept := slices.DeleteFunc(standard, func(n string) bool { return listed(n, list[1:]) == 1 })
		return strings.Join(kept, ","), true
	case '+':
		wanted = append(standard, strings.Split(list[1:], ",")...)
	case '^':
		wanted = append(strings.Split(list[1:], ","), standard...)
	}
	known := f.names(v)
	var result []string
	for _, pattern := range wanted {
		if strings.HasPrefix(pattern, "!") {
			return "", false
		}
		for _, name := range known {
			if capture.Like(pattern, name) && !slices.Contains(result, name) {
				result = append(result, name)
			}
		}
	}
	return strings.Join(result, ","), len(result) > 0
}
