package apt

import (
	"regexp"
	"slices"
	"strings"
)

// Update is a package that an update would install.
type Update struct {
	Package, Installed, Candidate string
	Origins                       []string // such as Debian-Security:12/stable-security
}

// Security says whether one of its sources is for security updates: Debian's label Debian-Security, Ubuntu's archive -security.
func (u Update) Security() bool {
	return slices.ContainsFunc(u.Origins, func(o string) bool {
		return strings.Contains(o, "Debian-Security:") || strings.HasSuffix(o, "-security")
	})
}

var inst = regexp.MustCompile(`^Inst (\S+) \[([^\]]*)\] \((\S+) (.*) \[[^\]]*\]\)`)

// Pending reads what `apt-get -s dist-upgrade` printed: the packages that are installed and would be replaced.
func Pending(text []byte) []Update {
	var all []Update
	for line := range strings.Lines(string(text)) {
		if m := inst.FindStringSubmatch(line); m != nil {
			all = append(all, Update{Package: m[1], Installed: m[2], Candidate: m[3], Origins: strings.Split(m[4], ", ")})
		}
	}
	return all
}
