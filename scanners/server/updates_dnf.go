package server

import (
	"errors"
	"io/fs"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/systemd"
)

// dnf fills in what DNF and dnf-automatic do.
// https://dnf.readthedocs.io/en/latest/automatic.html
func (u updates) dnf(os *evidence.OperatingSystem) {
	os.SecuritySource = evidence.Unresolved[bool](evidence.Because("repositories_not_read"))
	os.LastUpdateDays = evidence.Unresolved[int](notAsked("dnf history"))
	if _, known := os.RestartPending.Get(); !known { // the packages of kernels are not compared
		os.RestartPending = evidence.Unresolved[bool](notAsked("needs-restarting -r"))
	}
	if u.release.ID == "fedora" || strings.HasPrefix(u.release.Version, "7") { // dnf5-automatic and yum-cron have other files
		os.AutomaticUpdates = evidence.Unresolved[string](evidence.Because("package_manager_unknown", "release", u.release.ID))
		return
	}
	const file = "/etc/dnf/automatic.conf"
	text, err := u.Read(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		os.AutomaticUpdates = evidence.Known("off").At(u.line(file, 0, ""))
		return
	case err != nil:
		os.AutomaticUpdates = untold[string](file, err)
		return
	}
	os.AutomaticUpdates = u.dnfAutomatic(commands(string(text))).At(u.line(file, 0, ""))
}

// notAsked is the reason for what the capture asks no host.
func notAsked(command string) evidence.Reason {
	return evidence.Because("host_not_asked", "what", command)
}

// commands are the settings of the section commands.
func commands(text string) map[string]string {
	settings, section := map[string]string{}, ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		key, value, ok := strings.Cut(line, "=")
		switch {
		case strings.HasPrefix(line, "["):
			section = line
		case ok && section == "[commands]" && !strings.HasPrefix(line, "#"):
			settings[strings.TrimSpace(key)] = strings.TrimSpace(value)
		}
	}
	return settings
}

// dnfAutomatic weighs the timers: that of dnf-automatic follows the file, the others say themselves what they do.
func (u updates) dnfAutomatic(settings map[string]string) evidence.Value[string] {
	applies, downloads := systemd.Bool(settings["apply_updates"]), systemd.Bool(settings["download_updates"])
	started := false
	for _, timer := range []struct {
		name            string
		apply, download bool
	}{
		{"dnf-automatic.timer", applies, downloads},
		{"dnf-automatic-download.timer", false, true},
		{"dnf-automatic-install.timer", true, true},
	} {
		e, err := systemd.Of(u.Capture).Enabled(timer.name)
		if err != nil {
			return untold[string](timer.name, err)
		}
		if !e.Starts {
			continue
		}
		if timer.apply {
			if settings["upgrade_type"] == "security" {
				return evidence.Known("security")
			}
			return evidence.Known("all")
		}
		started = started || timer.download
	}
	if started {
		return evidence.Known("downloaded")
	}
	return evidence.Known("off")
}

// dnfPending makes the fact of the security updates that are not installed.
func (u updates) dnfPending() {
	out, err := u.Output("dnf-security")
	if err != nil {
		u.hide(why("dnf updateinfo list --security", err), "patch_state")
		return
	}
	n := 0
	for line := range strings.Lines(string(out)) {
		if len(strings.Fields(line)) == 3 {
			n++
		}
	}
	age := evidence.Unresolved[int](notAsked("dnf check-update --refresh --security"))
	u.addPatchState(n, n, age, "dnf-security", nil)
}
