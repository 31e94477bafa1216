package sshd

import (
	"regexp"
	"strconv"
	"strings"
)

// Version is the version of the daemon. The zero Version is not known.
type Version struct {
	Major, Minor int
	Debian       bool // with Debian's patches, as Ubuntu has them
	Package      string
}

// versionPattern finds the version in "OpenSSH_9.2p1 Debian-2+deb12u10" and in "1:9.2p1-2+deb12u10".
var versionPattern = regexp.MustCompile(`(\d{1,3})\.(\d{1,3})(?:\.\d{1,3})?(?:p\d+)?`)

// ParseVersion reads a version as the daemon, its client or the package manager write it.
func ParseVersion(text string) Version {
	head, _, _ := strings.Cut(text, ",") // the version of OpenSSL comes after it
	if _, after, ok := strings.Cut(head, "OpenSSH_"); ok {
		head = after
	}
	m := versionPattern.FindStringSubmatch(head)
	if m == nil {
		return Version{}
	}
	major, _ := strconv.Atoi(m[1])
	minor, _ := strconv.Atoi(m[2])
	lower := strings.ToLower(text)
	return Version{Major: major, Minor: minor, Debian: strings.Contains(lower, "deb") || strings.Contains(lower, "ubuntu"), Package: text}
}

// Known says whether the version is known.
func (v Version) Known() bool { return v.Major > 0 }

// before says whether the version is known and older than another, written as 807 for 8.7.
func (v Version) before(other int) bool { return v.Known() && v.number() < other }

func (v Version) number() int { return v.Major*100 + v.Minor }
