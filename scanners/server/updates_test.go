package server

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// settingsOf runs a reader and returns the settings of one fact, as values or states with reasons.
func settingsOf(r reader, c *capture.Capture, address string) map[string]string {
	h := &host{Capture: c, place: evidence.Place{Host: c.Host}, found: map[evidence.Kind]int{}}
	r.read(h)
	got := map[string]string{}
	for _, f := range h.facts {
		if f.Address != address {
			continue
		}
		for setting, reading := range f.Settings {
			if reading.State == evidence.StateKnown {
				got[setting] = fmt.Sprint(reading.Value)
				continue
			}
			got[setting] = string(reading.State) + " " + reading.Why.Code
		}
	}
	return got
}

const debian12 = "ID=debian\nVERSION_ID=\"12\"\nVERSION_CODENAME=bookworm\n"

// stockDebian are the files of a Debian 12 that keeps itself up to date.
func stockDebian() map[string]string {
	return map[string]string{
		"/etc/os-release":                           debian12,
		"/etc/apt/sources.list":                     "deb http://deb.debian.org/debian bookworm main\ndeb http://deb.debian.org/debian-security bookworm-security main\n",
		"/etc/apt/apt.conf.d/20auto-upgrades":       "APT::Periodic::Update-Package-Lists \"1\";\nAPT::Periodic::Unattended-Upgrade \"1\";\n",
		"/etc/apt/apt.conf.d/50unattended-upgrades": "Unattended-Upgrade::Origins-Pattern {\n  \"origin=Debian,codename=${distro_codename}-security,label=Debian-Security\";\n};\n",
	}
}

func stockCommands() map[string]capture.Command {
	return map[string]capture.Command{
		"ps":                   output("    1     0 100 systemd \n"),
		"uname":                output("Linux 6.1.0-28-amd64 x86_64\n"),
		"dpkg":                 output("unattended-upgrades 2.9.1 installed all\nlinux-image-6.1.0-28-amd64 6.1.119-1 installed amd64\nlinux-image-6.1.0-9-amd64 6.1.27-1 installed amd64\nlinux-image-amd64 6.1.119-1 installed amd64\n"),
		"apt-simulate":         output("Inst tzdata [1] (2 Debian:12.12/oldstable [all])\n"),
		"systemctl-unit-files": output("apt-daily-upgrade.timer enabled enabled\napt-daily.timer enabled enabled\n"),
	}
}

func TestOperatingSystem(t *testing.T) {
	at := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	good := map[string]string{"automatic_updates": "security", "last_update_days": "1", "release": "debian 12", "release_supported": "true", "restart_pending": "false", "security_source": "true"}
	tests := []struct {
		name    string
		change  func(files map[string]string, commands map[string]capture.Command)
		differs map[string]string
	}{
		{"stock Debian", func(map[string]string, map[string]capture.Command) {}, nil},
		{"the main file turns it off", func(f map[string]string, _ map[string]capture.Command) {
			f["/etc/apt/apt.conf"] = `APT::Periodic::Unattended-Upgrade "0";`
		}, map[string]string{"automatic_updates": "off"}},
		{"turned off as a whole", func(f map[string]string, _ map[string]capture.Command) {
			f["/etc/apt/apt.conf.d/99off"] = `APT::Periodic::Enable "0";`
		}, map[string]string{"automatic_updates": "off"}},
		{"lists are never fetched", func(f map[string]string, _ map[string]capture.Command) {
			f["/etc/apt/apt.conf.d/99off"] = `APT::Periodic::Update-Package-Lists "0";`
		}, map[string]string{"automatic_updates": "off"}},
		{"downloaded alone", func(f map[string]string, _ map[string]capture.Command) {
			f["/etc/apt/apt.conf.d/20auto-upgrades"] = "APT::Periodic::Update-Package-Lists \"1\";APT::Periodic::Download-Upgradeable-Packages \"1\";"
		}, map[string]string{"automatic_updates": "downloaded"}},
		{"all updates", func(f map[string]string, _ map[string]capture.Command) {
			f["/etc/apt/apt.conf.d/99all"] = `Unattended-Upgrade::Origins-Pattern { "origin=Debian,codename=bookworm"; };`
		}, map[string]string{"automatic_updates": "all"}},
		{"patterns that take no security updates", func(f map[string]string, _ map[string]capture.Command) {
			f["/etc/apt/apt.conf.d/50unattended-upgrades"] = `Unattended-Upgrade::Origins-Pattern { "origin=Debian,label=Debian"; };`
		}, map[string]string{"automatic_updates": "off"}},
		{"a timer is masked", func(_ map[string]string, c map[string]capture.Command) {
			c["systemctl-unit-files"] = output("apt-daily-upgrade.timer masked enabled\napt-daily.timer enabled enabled\n")
		}, map[string]string{"automatic_updates": "off"}},
		{"without systemd nothing starts the timers", func(_ map[string]string, c map[string]capture.Command) {
			c["ps"] = output("    1     0 100 tini tini\n")
		}, map[string]string{"automatic_updates": "off"}},
		{"without systemd cron does", func(f map[string]string, c map[string]capture.Command) {
			c["ps"] = output("    1     0 100 tini tini\n    7     1 100 cron cron -f\n")
			f["/etc/cron.daily/apt-compat"] = ""
		}, nil},
		{"the program is not installed", func(_ map[string]string, c map[string]capture.Command) {
			c["dpkg"] = output("linux-image-6.1.0-28-amd64 6.1.119-1 installed amd64\n")
		}, map[string]string{"automatic_updates": "off"}},
		{"a file that apt refuses", func(f map[string]string, _ map[string]capture.Command) { f["/etc/apt/apt.conf.d/99broken"] = `A {` }, map[string]string{"automatic_updates": "unresolved host_not_understood"}},
		{"a source of whatever is stable", func(f map[string]string, _ map[string]capture.Command) {
			f["/etc/apt/sources.list"] = "deb http://deb.debian.org/debian-security stable-security main\n"
		}, map[string]string{"security_source": "unresolved host_not_understood"}},
		{"symbols of a kernel are no kernel", func(_ map[string]string, c map[string]capture.Command) {
			c["dpkg"] = output(string(c["dpkg"].Out) + "linux-image-6.1.0-28-amd64-dbg 6.1.119-1 installed amd64\n")
		}, nil},
		{"no source of security updates", func(f map[string]string, _ map[string]capture.Command) {
			f["/etc/apt/sources.list"] = "deb http://deb.debian.org/debian bookworm main\n# deb http://deb.debian.org/debian-security bookworm-security main\n"
		}, map[string]string{"security_source": "false"}},
		{"sources in the new form", func(f map[string]string, _ map[string]capture.Command) {
			delete(f, "/etc/apt/sources.list")
			f["/etc/apt/sources.list.d/debian.sources"] = "Types: deb\nURIs: http://deb.debian.org/debian-security\nSuites: bookworm-security\nComponents: main\n"
		}, nil},
		{"a newer kernel waits", func(_ map[string]string, c map[string]capture.Command) {
			c["uname"] = output("Linux 6.1.0-9-amd64 x86_64\n")
		}, map[string]string{"restart_pending": "true"}},
		{"packages ask for a restart", func(f map[string]string, _ map[string]capture.Command) { f["/run/reboot-required"] = "" }, map[string]string{"restart_pending": "true"}},
		{"a container has no kernel", func(_ map[string]string, c map[string]capture.Command) {
			c["dpkg"] = output("unattended-upgrades 2.9.1 installed all\n")
		}, map[string]string{"restart_pending": "unresolved kernel_of_another"}},
		{"nobody mends it any more", func(f map[string]string, _ map[string]capture.Command) {
			f["/etc/os-release"] = strings.ReplaceAll(debian12, "12", "11")
		},
			map[string]string{"release": "debian 11", "release_supported": "false"}},
		{"a release of the future", func(f map[string]string, _ map[string]capture.Command) {
			f["/etc/os-release"] = strings.ReplaceAll(debian12, "12", "19")
		},
			map[string]string{"release": "debian 19", "release_supported": "unresolved release_unknown"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files, commands := stockDebian(), stockCommands()
			test.change(files, commands)
			m := capture.MemoryOf(files)
			m.Add("/var/lib/apt/periodic/unattended-upgrades-stamp", capture.Info{ModTime: at.Add(-30 * time.Hour)}, nil, capture.ErrNotCollected)
			want := map[string]string{}
			for setting, value := range good {
				want[setting] = value
			}
			for setting, value := range test.differs {
				want[setting] = value
			}
			c := capture.Taken(capture.Capture{Live: true, At: at}, m, commands)
			if diff := cmp.Diff(want, settingsOf(operatingSystems(), c, "operating_system")); diff != "" {
				t.Error(diff)
			}
		})
	}
}
