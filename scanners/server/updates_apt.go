package server

import (
	"errors"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/apt"
	"github.com/tomscan/tomscan/scanners/server/systemd"
)

// apt fills in what APT and unattended-upgrades do.
func (u updates) apt(os *evidence.OperatingSystem) {
	os.LastUpdateDays = u.stamp("/var/lib/apt/periodic/unattended-upgrades-stamp", "/var/lib/apt/periodic/upgrade-stamp")
	os.SecuritySource = u.securitySource()
	conf, err := apt.Load(u)
	if err != nil {
		os.AutomaticUpdates = untold[string]("/etc/apt/apt.conf.d", err)
		return
	}
	os.AutomaticUpdates = u.automatic(conf)
}

// automatic says what is installed by itself: the lists must be fetched, unattended-upgrades must be asked for and installed, its timer
// must be started, and its patterns must take the security updates.
func (u updates) automatic(conf apt.Conf) evidence.Value[string] {
	at := u.itemPosition(conf, "APT::Periodic::Unattended-Upgrade")
	if !periodic(conf, "APT::Periodic::Enable", true) || !periodic(conf, "APT::Periodic::Update-Package-Lists", false) {
		return evidence.Known("off").At(u.itemPosition(conf, "APT::Periodic::Update-Package-Lists"))
	}
	installed, err := u.packages()
	if err != nil {
		return untold[string]("dpkg-query -W", err)
	}
	if _, ok := installed["unattended-upgrades"]; !ok || !periodic(conf, "APT::Periodic::Unattended-Upgrade", false) {
		if periodic(conf, "APT::Periodic::Download-Upgradeable-Packages", false) {
			return evidence.Known("downloaded").At(at)
		}
		return evidence.Known("off").At(at)
	}
	if started, why := u.aptTimers(); why != nil {
		return evidence.Unresolved[string](*why)
	} else if !started {
		return evidence.Known("off").At(at)
	}
	return u.scope(conf).At(at)
}

// periodic says whether a job of APT::Periodic runs: its value is a number of days, or "always"; 0 turns it off.
// https://manpages.debian.org/bookworm/apt/apt.conf.5.en.html (see also /usr/lib/apt/apt.systemd.daily)
func periodic(conf apt.Conf, name string, unset bool) bool {
	i, ok := conf.Last(name)
	if !ok || i.Value == "" {
		return unset
	}
	return i.Value != "0"
}

// itemPosition is where a name was set, or the directory where nothing sets it.
func (u updates) itemPosition(conf apt.Conf, name string) evidence.Position {
	i, ok := conf.Last(name)
	if !ok {
		p := u.line("/etc/apt/apt.conf.d", 0, "")
		p.Role = evidence.RoleDefaults
		return p
	}
	return u.line(i.File, i.Line, i.Name+` "`+i.Value+`";`)
}

// aptTimers says whether both timers are started, or, on a host without systemd, whether cron runs their job.
func (u updates) aptTimers() (bool, *evidence.Reason) {
	if !u.systemdRuns() {
		_, err := u.Stat("/etc/cron.daily/apt-compat")
		cron := u.cronRuns()
		on, known := cron.Get()
		if err == nil && !known {
			reason := cron.Why()
			return false, &reason
		}
		return err == nil && on, nil
	}
	units := systemd.Of(u.Capture)
	for _, timer := range []string{"apt-daily.timer", "apt-daily-upgrade.timer"} {
		e, err := units.Enabled(timer)
		switch {
		case err != nil:
			reason := why(timer, err)
			return false, &reason
		case !e.Starts && (u.Live || e.State == "masked"):
			return false, nil
		case !e.Starts: // presets decide when nothing does, and no host told
			reason := evidence.Because("needs_running_host", "what", timer)
			return false, &reason
		}
	}
	return true, nil
}

// scope is what the patterns of unattended-upgrades take.
func (u updates) scope(conf apt.Conf) evidence.Value[string] {
	release := apt.Release{ID: strings.ToUpper(u.release.ID[:1]) + u.release.ID[1:], Codename: u.release.Codename}
	security, rest := u.sources()
	takes, decided := conf.Installs(release, security)
	switch {
	case !decided:
		return evidence.Unresolved[string](evidence.Because("update_patterns_open"))
	case !takes:
		return evidence.Known("off")
	}
	if all, decided := conf.Installs(release, rest); all && decided {
		return evidence.Known("all")
	}
	return evidence.Known("security")
}

// sources are what the indexes of the vendor's security updates and of its other updates say of themselves. Debian's security archive has
// a suite whose name depends on the day.
func (u updates) sources() (security, rest apt.Source) {
	code := u.release.Codename
	if u.release.ID == "ubuntu" {
		return apt.Source{Origin: "Ubuntu", Label: "Ubuntu", Suite: code + "-security", Codename: code, Component: "main", Site: "security.ubuntu.com"},
			apt.Source{Origin: "Ubuntu", Label: "Ubuntu", Suite: code + "-updates", Codename: code, Component: "main", Site: "archive.ubuntu.com"}
	}
	return apt.Source{Origin: "Debian", Label: "Debian-Security", Codename: code + "-security", Component: "main"},
		apt.Source{Origin: "Debian", Label: "Debian", Codename: code, Component: "main"}
}

// securitySource says whether a package source of the host is the vendor's security archive.
func (u updates) securitySource() evidence.Value[bool] {
	sources, err := apt.Sources(u)
	suite := u.release.Codename + "-security"
	for _, s := range sources {
		if strings.HasSuffix(s.Suite, "stable-security") && u.release.ID == "debian" { // of which release depends on the day
			err = errors.Join(err, errors.New("a source without a release"))
		}
		if s.Suite == suite || s.Suite == u.release.Codename+"/updates" {
			return evidence.Known(true).At(u.line(s.File, s.Line, ""))
		}
	}
	if err != nil {
		return untold[bool]("/etc/apt/sources.list", err)
	}
	return evidence.Known(false).At(u.line("/etc/apt/sources.list", 0, ""))
}
