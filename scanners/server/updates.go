package server

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/apt"
	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/osrelease"
)

// operatingSystems reads which system a host runs, how it is kept up to date, and what it lacks.
func operatingSystems() reader {
	return reader{name: "updates", kinds: []evidence.Kind{"operating_system", "patch_state"}, read: readUpdates}
}

func readUpdates(h *host) {
	release, err := osrelease.Load(h)
	if err != nil {
		h.hide(why("/etc/os-release", err), "operating_system", "patch_state")
		return
	}
	u := updates{host: h, release: release}
	os := evidence.OperatingSystem{
		Release:        evidence.Known(strings.TrimSpace(release.ID + " " + release.Version)).At(h.line(release.File, 0, "")),
		Supported:      u.supported(),
		RestartPending: h.restartPending(),
	}
	switch {
	case u.hasAPT():
		u.apt(&os)
		u.aptPending()
	case u.hasDNF():
		u.dnf(&os)
		u.dnfPending()
	default:
		unknown := evidence.Because("package_manager_unknown", "release", release.ID)
		os.AutomaticUpdates, os.SecuritySource = evidence.Unresolved[string](unknown), evidence.Unresolved[bool](unknown)
		os.LastUpdateDays = evidence.Unresolved[int](unknown)
		h.hide(unknown, "patch_state")
	}
	h.add(thing{name: "operating_system"}, os)
}

// updates is what is asked of one host.
type updates struct {
	*host
	release osrelease.Release
}

// supported compares the day of the capture with the table of releases. After its end a release may be mended on a contract, which the
// host does not show.
func (u updates) supported() evidence.Value[bool] {
	end, ok := u.release.Ends()
	switch {
	case !ok:
		return evidence.Unresolved[bool](evidence.Because("release_unknown", "release", u.release.ID+" "+u.release.Version))
	case u.At.IsZero():
		return evidence.Unresolved[bool](evidence.Because("no_time_of_capture"))
	case u.At.After(end.Day.AddDate(0, 0, 1)):
		if suite, ok := u.release.Extended(); ok {
			return u.extended(suite)
		}
		return evidence.Known(false).At(u.line(u.release.File, 0, ""))
	}
	return evidence.Known(true).At(u.line(u.release.File, 0, ""))
}

// extended says that a contract decides, where the suite of one is among the package sources.
func (u updates) extended(suite string) evidence.Value[bool] {
	sources, err := apt.Sources(u)
	for _, s := range sources {
		if s.Suite == suite {
			return evidence.Unresolved[bool](evidence.Because("support_by_contract", "suite", suite)).At(u.line(s.File, s.Line, ""))
		}
	}
	if err != nil {
		return untold[bool]("/etc/apt/sources.list", err)
	}
	return evidence.Known(false).At(u.line(u.release.File, 0, ""))
}

func (u updates) hasAPT() bool { return u.release.ID == "debian" || u.release.ID == "ubuntu" }

func (u updates) hasDNF() bool {
	return slices.Contains([]string{"almalinux", "centos", "cloudlinux", "fedora", "rhel", "rocky"}, u.release.ID)
}

// daysSince is how many whole days lie between a moment and the capture.
func (h *host) daysSince(moment time.Time) evidence.Value[int] {
	if h.At.IsZero() {
		return evidence.Unresolved[int](evidence.Because("no_time_of_capture"))
	}
	return evidence.Known(max(0, int(h.At.Sub(moment)/(24*time.Hour))))
}

// restartPending compares the kernel that runs with the newest that is installed, and looks for the mark that Debian's packages leave.
// https://manpages.debian.org/bookworm/unattended-upgrades/unattended-upgrade.8.en.html
func (h *host) restartPending() evidence.Value[bool] {
	const mark = "/run/reboot-required"
	_, err := h.Stat(mark)
	if err == nil {
		return evidence.Known(true).At(h.line(mark, 0, ""))
	}
	if !readable(err) {
		return untold[bool](mark, err)
	}
	running, unameErr := h.Output("uname")
	if unameErr != nil {
		return untold[bool]("uname -srm", unameErr).At(h.said("uname"))
	}
	fields := strings.Fields(string(running))
	newest, pkgErr := h.newestKernel()
	switch {
	case pkgErr != nil:
		return untold[bool]("dpkg-query -W", pkgErr)
	case newest == "" || len(fields) < 2:
		return evidence.Unresolved[bool](evidence.Because("kernel_of_another", "running", strings.Join(fields, " ")))
	}
	return evidence.Known(apt.Compare(fields[1], newest) < 0).At(h.said("uname"))
}

// newestKernel is the release of the newest kernel that is installed, empty where none is: in a container.
func (h *host) newestKernel() (string, error) {
	packages, err := h.packages()
	newest := ""
	for name := range packages {
		release, ok := strings.CutPrefix(name, "linux-image-")
		if ok && !strings.HasSuffix(release, "-dbg") && release != "" && release[0] >= '0' && release[0] <= '9' && (newest == "" || apt.Compare(release, newest) > 0) {
			newest = release
		}
	}
	return newest, err
}

// packages are the installed packages of dpkg with their versions.
func (h *host) packages() (map[string]string, error) {
	type packagesKey struct{}
	return sharedTry(h, packagesKey{}, func() (map[string]string, error) {
		out, err := h.Output("dpkg")
		installed := map[string]string{}
		for line := range strings.Lines(string(out)) {
			if f := strings.Fields(line); len(f) >= 3 && f[2] == "installed" {
				installed[f[0]] = f[1]
			}
		}
		return installed, err
	})
}

// stamp is the days since a file was written; Never where it is not there.
func (h *host) stamp(files ...string) evidence.Value[int] {
	var newest time.Time
	at := h.line(files[0], 0, "")
	for _, file := range files {
		info, err := h.Stat(file)
		switch {
		case err == nil && info.ModTime.After(newest):
			newest, at = info.ModTime, h.line(file, 0, "")
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return untold[int](file, err)
		}
	}
	if newest.IsZero() {
		return evidence.Known(evidence.Never).At(at)
	}
	return h.daysSince(newest).At(at)
}

// readable says whether err is none, or that something is not there.
func readable(err error) bool { return err == nil || errors.Is(err, fs.ErrNotExist) }

var _ capture.Files = (*host)(nil)
