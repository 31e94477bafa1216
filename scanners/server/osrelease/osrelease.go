// Package osrelease tells which operating system a host runs, and until when somebody mends it.
package osrelease

import (
	"errors"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Release is an operating system's release, as os-release has it.
// https://www.freedesktop.org/software/systemd/man/latest/os-release.html
type Release struct {
	ID, Version, Codename string
	File                  string
}

// Load reads /etc/os-release, or /usr/lib/os-release where that is not there.
func Load(f capture.Files) (Release, error) {
	name := "/etc/os-release"
	text, err := f.Read(name)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, capture.ErrNotCollected) {
		name = "/usr/lib/os-release"
		text, err = f.Read(name)
	}
	if err != nil {
		return Release{}, err
	}
	r := Release{File: name}
	for line := range strings.Lines(string(text)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		value = strings.Trim(value, `"'`)
		switch key {
		case "ID":
			r.ID = value
		case "VERSION_ID":
			r.Version = value
		case "VERSION_CODENAME":
			r.Codename = value
		}
	}
	return r, nil
}

// major is the first part of a version.
func major(version string) string {
	m, _, _ := strings.Cut(version, ".")
	return m
}

// Extended says whether somebody may mend the release after its end on a contract, and the suite that then holds the updates: Ubuntu's
// expanded maintenance of a long-term release, which ends ten years after its own day. https://ubuntu.com/security/esm
func (r Release) Extended() (suite string, ok bool) {
	year, month, _ := strings.Cut(r.Version, ".")
	n, err := strconv.Atoi(year)
	return r.Codename + "-infra-security", r.ID == "ubuntu" && month == "04" && err == nil && n%2 == 0
}

// Ends returns until when security updates come, of the vendor or of its free long-term support, and false for a release that the
// table does not have. Paid extensions do not count: whether they were bought is not seen.
func (r Release) Ends() (End, bool) {
	version := r.Version
	if r.ID != "ubuntu" && r.ID != "alpine" {
		version = major(version)
	}
	for _, e := range ends {
		if e.id == r.ID && e.version == version {
			return e, true
		}
	}
	return End{}, false
}

// End is the last day of security updates of a release.
type End struct {
	id, version string
	Day         time.Time
	Doc         string
}

func day(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 0, 0, 0, 0, time.UTC)
}

const (
	debianDoc = "https://wiki.debian.org/LTS"
	ubuntuDoc = "https://salsa.debian.org/debian/distro-info-data/-/blob/main/ubuntu.csv"
	redHatDoc = "https://access.redhat.com/support/policy/updates/errata"
	almaDoc   = "https://wiki.almalinux.org/release-notes/"
	rockyDoc  = "https://wiki.rockylinux.org/rocky/version/"
	centosDoc = "https://www.centos.org/cl-vs-cs/"
)

// ends is the table, as the vendors had it in November 2026, sorted by system and version.
var ends = []End{
	{"almalinux", "8", day(2029, time.March, 1), almaDoc},
	{"almalinux", "9", day(2032, time.May, 31), almaDoc},
	{"almalinux", "10", day(2035, time.May, 31), almaDoc},
	{"centos", "7", day(2024, time.June, 30), centosDoc},
	{"centos", "8", day(2024, time.May, 31), centosDoc},
	{"centos", "9", day(2027, time.May, 31), centosDoc},
	{"debian", "9", day(2022, time.June, 30), debianDoc},
	{"debian", "10", day(2024, time.June, 30), debianDoc},
	{"debian", "11", day(2026, time.August, 31), debianDoc},
	{"debian", "12", day(2028, time.June, 30), debianDoc},
	{"debian", "13", day(2030, time.June, 30), debianDoc},
	{"rhel", "7", day(2024, time.June, 30), redHatDoc},
	{"rhel", "8", day(2029, time.May, 31), redHatDoc},
	{"rhel", "9", day(2032, time.May, 31), redHatDoc},
	{"rhel", "10", day(2035, time.May, 31), redHatDoc},
	{"rocky", "8", day(2029, time.May, 31), rockyDoc},
	{"rocky", "9", day(2032, time.May, 31), rockyDoc},
	{"rocky", "10", day(2035, time.May, 31), rockyDoc},
	{"ubuntu", "18.04", day(2023, time.May, 31), ubuntuDoc},
	{"ubuntu", "20.04", day(2025, time.May, 29), ubuntuDoc},
	{"ubuntu", "22.04", day(2027, time.June, 1), ubuntuDoc},
	{"ubuntu", "24.04", day(2029, time.May, 31), ubuntuDoc},
	{"ubuntu", "25.04", day(2026, time.January, 15), ubuntuDoc},
	{"ubuntu", "25.10", day(2026, time.July, 9), ubuntuDoc},
	{"ubuntu", "26.04", day(2031, time.May, 29), ubuntuDoc},
	{"ubuntu", "26.10", day(2027, time.July, 15), ubuntuDoc},
}
