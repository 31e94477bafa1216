package server

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

func TestPatchStateOfAPT(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	const list, stamp = "/var/lib/apt/lists/x_debian-security_dists_bookworm-security_InRelease", "/var/lib/apt/periodic/update-success-stamp"
	const pending, command = "Inst libssl3 [1] (2 Debian-Security:12/oldstable-security [amd64])\n", "apt-get -s --ignore-hold dist-upgrade"
	const stale, held = "unresolved lists_stale", "unresolved host_not_collected"
	tests := []struct {
		name, out, command       string
		dates                    map[string]int // hours ago
		missing, critical, since string
	}{
		{"nothing is missing in fresh lists", "", command, map[string]int{list: 3}, "0", "0", "0"},
		{"something is missing", pending, command, map[string]int{list: 3}, "1", "1", "0"},
		{"nothing is missing in old lists", "", command, map[string]int{list: 300}, stale, stale, "12"},
		{"something is missing in old lists already", pending, command, map[string]int{list: 300}, "1", "1", "12"},
		{"an old list, and nothing says when it was fetched", "", command, map[string]int{list: 100}, stale, stale, "unresolved lists_fetch_not_known"},
		{"an old list that was fetched today", "", command, map[string]int{list: 100, stamp: 3}, "0", "0", "0"},
		{"an old list that was fetched by a job of APT", "", command, map[string]int{list: 100, strings.Replace(stamp, "-success", "", 1): 3}, "0", "0", "0"},
		{"a list that today's job did not fetch", "", command, map[string]int{list: 300, stamp: 3}, stale, stale, "12"},
		{"a list of another archive is fresh", "", command, map[string]int{strings.ReplaceAll(list, "-security", ""): 3}, stale, stale, never()},
		{"no list", "", command, nil, stale, stale, never()},
		{"packages may be held back", "", "apt-get -s dist-upgrade", map[string]int{list: 3}, held, held, "0"},
	}
	for _, test := range tests {
		m := capture.MemoryOf(stockDebian())
		for name, hours := range test.dates {
			m.Add(name, capture.Info{ModTime: at.Add(-time.Duration(hours) * time.Hour)}, nil, capture.ErrNotCollected)
		}
		commands := stockCommands()
		commands["apt-simulate"] = capture.Command{Line: test.command, Out: []byte(test.out)}
		got := settingsOf(operatingSystems(), capture.Taken(capture.Capture{Live: true, At: at}, m, commands), "patch_state")
		want := map[string]string{"missing_patches": test.missing, "critical_missing": test.critical, "scan_age_days": test.since, "managed": "true", "region": "unresolved location_not_observable"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

func TestPinsMayHoldUpdatesBack(t *testing.T) {
	t.Parallel()
	files := with(stockDebian(), "/etc/apt/preferences.d/x", "Package: nginx\nPin: version 1.18.*\nPin-Priority: 1001\n")
	m := capture.MemoryOf(files)
	at := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	m.Add("/var/lib/apt/lists/x_dists_bookworm-security_InRelease", capture.Info{ModTime: at}, nil, capture.ErrNotCollected)
	commands := stockCommands()
	commands["apt-simulate"] = capture.Command{Line: "apt-get -s --ignore-hold dist-upgrade"}
	got := settingsOf(operatingSystems(), capture.Taken(capture.Capture{Live: true, At: at}, m, commands), "patch_state")
	if got["critical_missing"] != "unresolved updates_pinned" {
		t.Error(got)
	}
}

func TestSupportOfUbuntu(t *testing.T) {
	t.Parallel()
	for sources, want := range map[string]string{"": "false", "deb https://esm.ubuntu.com/infra/ubuntu focal-infra-security main\n": "unresolved support_by_contract"} {
		files := map[string]string{"/etc/os-release": "ID=ubuntu\nVERSION_ID=\"20.04\"\nVERSION_CODENAME=focal\n", "/etc/apt/sources.list.d/esm.list": sources}
		if got := settingsOf(operatingSystems(), capture.Taken(capture.Capture{Live: true}, capture.MemoryOf(files), stockCommands()), "operating_system")["release_supported"]; got != want {
			t.Errorf("%q: got %s, want %s", sources, got, want)
		}
	}
}

// TestWhatDNFIsNotAskedIsSaid: no capture of any version has it, so that none is asked for.
func TestWhatDNFIsNotAskedIsSaid(t *testing.T) {
	t.Parallel()
	m := capture.MemoryOf(map[string]string{"/etc/os-release": "ID=almalinux\nVERSION_ID=9.5\n"})
	commands := map[string]capture.Command{"dnf-security": output(""), "uname": output("Linux 5.14.0-503.el9.x86_64 x86_64\n"), "rpm": output("kernel-core 0:5.14.0-503.el9 x86_64\n")}
	c := capture.Taken(capture.Capture{Live: true, Root: true}, m, commands)
	const open = "unresolved host_not_asked"
	got := settingsOf(operatingSystems(), c, "operating_system")
	for setting, value := range map[string]string{"restart_pending": got["restart_pending"], "last_update_days": got["last_update_days"], "scan_age_days": settingsOf(operatingSystems(), c, "patch_state")["scan_age_days"]} {
		if value != open {
			t.Errorf("%s: got %s", setting, value)
		}
	}
}
