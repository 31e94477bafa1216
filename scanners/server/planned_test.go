package server

import (
	"fmt"
	"io/fs"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// timerHost is a host with a timer that removes logs, on which one file may not be read.
func timerHost(refused, ps string) *capture.Capture {
	files := map[string]string{
		"/etc/systemd/system/clean.timer":   "[Timer]\nOnCalendar=daily\n",
		"/etc/systemd/system/clean.service": "[Service]\nExecStart=/usr/bin/find /var/log -mtime +30 -delete\nExecStartPost=/opt/more.sh\n",
		"/opt/more.sh":                      "#!/bin/sh\ntar czf /backup/x.tgz /srv\n",
	}
	m := capture.NewMemory("/")
	for name, text := range files {
		if name == refused {
			m.Add(name, capture.Info{Mode: 0o600, Size: 9}, nil, fs.ErrPermission)
			continue
		}
		m.Add(name, capture.Info{Mode: 0o644, Size: int64(len(text))}, []byte(text), nil)
	}
	m.AddLink("/etc/systemd/system/timers.target.wants/clean.timer", "/etc/systemd/system/clean.timer")
	commands := map[string]capture.Command{}
	if ps != "" {
		commands["ps"] = output(ps)
	}
	return capture.Taken(capture.Capture{Live: true}, m, commands)
}

func TestPlanned(t *testing.T) {
	t.Parallel()
	const file = "/etc/systemd/system/clean."
	tests := []struct {
		name, refused, ps string
		removals, backups int
		unread            string
	}{
		{"all is read", "", systemdRuns, 1, 1, ""},
		{"a timer that may not be read", file + "timer", systemdRuns, 0, 0, "host_refused"},
		{"a service that may not be read", file + "service", systemdRuns, 0, 0, "host_refused"},
		{"a script that may not be read", "/opt/more.sh", systemdRuns, 1, 0, "host_refused"},
		{"another init", file + "timer", initRuns, 0, 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := &host{Capture: timerHost(tt.refused, tt.ps), found: map[evidence.Kind]int{}}
			backupJobs().read(h)
			type result struct {
				removals, backups int
				unread            string
			}
			got := result{len(h.removals().jobs), len(h.facts), firstCode(h.gaps)}
			if diff := cmp.Diff(result{tt.removals, tt.backups, tt.unread}, got, cmp.AllowUnexported(result{})); diff != "" {
				t.Error(diff)
			}
			if unread := len(h.removals().unread) > 0; unread != (tt.unread != "") {
				t.Errorf("the removals are open: %v", unread)
			}
		})
	}
}

// TestTooManyTimersAreSaid: those beyond the bound may do anything.
func TestTooManyTimersAreSaid(t *testing.T) {
	t.Parallel()
	m := capture.NewMemory("/")
	for n := range timersLimit + 1 {
		m.Add(fmt.Sprintf("/etc/systemd/system/a%d.timer", n), capture.Info{Mode: 0o644}, []byte("[Timer]\nOnCalendar=daily\n"), nil)
	}
	h := &host{Capture: capture.Taken(capture.Capture{Live: true}, m, map[string]capture.Command{"ps": output(systemdRuns)}), found: map[evidence.Kind]int{}}
	if got := h.planned(); len(got.unread) != 1 || got.unread[0].why.Args["what"] != "/etc/systemd/system" {
		t.Errorf("unread: %+v", got.unread)
	}
}

func TestWhetherCronRunsIsNotKnown(t *testing.T) {
	t.Parallel()
	m := capture.NewMemory("/etc/cron.d")
	m.Add("/etc/cron.d/x", capture.Info{Mode: 0o644}, []byte("1 3 * * * root restic -r /r backup /srv\n"), nil)
	got := settingsOf(backupJobs(), capture.Taken(capture.Capture{}, m, nil), "backup/restic/etc/cron.d/x:1")
	for setting, want := range map[string]string{"scheduled": "unresolved host_not_collected", "interval_hours": "unresolved host_not_collected", "program": "restic"} {
		if got[setting] != want {
			t.Errorf("%s: got %s, want %s", setting, got[setting], want)
		}
	}
}
