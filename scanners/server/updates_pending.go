package server

import (
	"path"
	"strings"
	"time"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/apt"
)

// freshDays is how old the package lists may be, so that what they lack is known.
const freshDays = 2

// validDays is within how many days an archive publishes its list of security updates anew, and a day for what was late: Debian's is
// refused when it is older than a week. https://wiki.debian.org/DebianRepository/Format#Date.2C_Valid-Until
const validDays = 8

// aptPending makes the fact of what an update would install, packages that are held back among it.
func (u updates) aptPending() {
	const command = "apt-simulate"
	out, err := u.Output(command)
	if err != nil {
		u.hide(why("apt-get -s dist-upgrade", err), "patch_state")
		return
	}
	missing, security := 0, 0
	for _, update := range apt.Pending(out) {
		missing++
		if update.Security() {
			security++
		}
	}
	age := u.listsAge()
	if source, known := u.securitySource().Get(); !known || !source { // nobody offers what is missing
		age = evidence.Unresolved[int](evidence.Because("no_security_source"))
	}
	u.addPatchState(missing, security, age, command, u.heldBack(command))
}

// heldBack is why updates may be missing that the simulation does not show: pins, and holds that it was not told to ignore.
func (u updates) heldBack(command string) *evidence.Reason {
	c, _ := u.Command(command)
	pin, some, err := apt.Pins(u, u.release.Codename)
	var reason evidence.Reason
	switch {
	case some:
		reason = evidence.Because("updates_pinned", "file", pin.File, "line", itoa(pin.Line))
	case err != nil:
		reason = why("/etc/apt/preferences.d", err)
	case !strings.Contains(c.Line, "--ignore-hold"):
		reason = evidence.Because("host_not_collected", "what", "apt-mark showhold")
	default:
		return nil
	}
	return &reason
}

// listsAge is how long ago the lists of security updates were fetched. The files have the dates of the archive, which are a limit: a list
// was fetched after it was published. Jobs of APT leave stamps, also where they fetched a part of the lists alone, so that a stamp counts
// only while the list may be the archive's newest.
func (u updates) listsAge() evidence.Value[int] {
	published, file, err := u.securityList()
	at := u.line(file, 0, "")
	switch {
	case !readable(err):
		return untold[int](file, err)
	case published.IsZero():
		return evidence.Known(evidence.Never).At(at)
	}
	list := u.daysSince(published).At(at)
	days, known := list.Get()
	if !known || days <= freshDays || days > validDays {
		return list
	}
	stamp := u.stamp("/var/lib/apt/periodic/update-success-stamp", "/var/lib/apt/periodic/update-stamp")
	if fetched, known := stamp.Get(); known && fetched != evidence.Never {
		return evidence.Known(min(days, fetched)).At(stamp.Positions()...)
	}
	return evidence.Unresolved[int](evidence.Because("lists_fetch_not_known", "days", itoa(days))).At(at)
}

// securityList is when the vendor's list of security updates was published that the host has; the zero time where it has none.
func (u updates) securityList() (time.Time, string, error) {
	const dir = "/var/lib/apt/lists"
	names, err := u.List(dir)
	newest, file := time.Time{}, dir
	for _, name := range names {
		suite := "_dists_" + u.release.Codename
		if !strings.HasSuffix(name, "Release") || !strings.Contains(name, suite+"-security_") && !strings.Contains(name, suite+"_updates_") {
			continue
		}
		info, err := u.Stat(path.Join(dir, name))
		if err == nil && info.Mode.IsRegular() && info.ModTime.After(newest) {
			newest, file = info.ModTime, path.Join(dir, name)
		}
	}
	return newest, file, err
}

// addPatchState makes the fact. Of old lists, and of what may be held back, only what they do tell is known: that something is missing.
func (u updates) addPatchState(missing, security int, age evidence.Value[int], command string, back *evidence.Reason) {
	at := u.said(command)
	days, known := age.Get()
	count := func(n int) evidence.Value[int] {
		switch {
		case n > 0:
			return evidence.Known(n).At(at)
		case !known || days > freshDays:
			return evidence.Unresolved[int](evidence.Because("lists_stale"))
		case back != nil:
			return evidence.Unresolved[int](*back)
		}
		return evidence.Known(0).At(at)
	}
	u.add(thing{name: "patch_state", level: evidence.LevelImplementation}, evidence.PatchState{
		Region:          evidence.Unresolved[string](evidence.Because("location_not_observable")),
		Managed:         evidence.Known(true).At(at),
		MissingPatches:  count(missing),
		CriticalMissing: count(security),
		ScanAgeDays:     age,
	})
}
