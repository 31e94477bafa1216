package server

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/cron"
	"github.com/tomscan/tomscan/scanners/server/logrotate"
	"github.com/tomscan/tomscan/scanners/server/schedule"
	"github.com/tomscan/tomscan/scanners/server/systemd"
)

// rotationRuns says when logrotate runs; err is why that is not known, and what could not be read.
type rotationRuns struct {
	logrotate.Runs
	what string
	err  error
}

// from is when schedules are looked at: when the host was captured, or a fixed day for a root directory, which has no time.
func (h *host) from() time.Time {
	if h.At.IsZero() {
		return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return h.At
}

// logrotateRuns joins the timer of logrotate and the jobs of cron that call it.
func (h *host) logrotateRuns() rotationRuns {
	r := rotationRuns{Runs: logrotate.Runs{From: h.from()}}
	r.timer(h)
	if h.cronRuns() {
		r.cron(h)
	}
	if len(r.At) == 0 && r.err == nil {
		r.Not = true
	}
	r.Runs = r.Remembering()
	return r
}

// timer adds the timer, when systemd starts it.
func (r *rotationRuns) timer(h *host) {
	const name = "logrotate.timer"
	units := systemd.Of(h.Capture)
	e, err := units.Enabled(name)
	if err != nil {
		r.what, r.err = name, err
		return
	}
	if !e.Starts || !h.systemdRuns() {
		return
	}
	t, err := units.Timer(name, h.from())
	if err != nil {
		r.what, r.err = name, err
		return
	}
	r.At, r.Jitter = append(r.At, t.Elapses...), max(r.Jitter, t.Jitter)
	if t.Every > 0 {
		r.At = append(r.At, every(t.Every))
		r.Jitter = max(r.Jitter, min(t.Every, 24*time.Hour))
	}
}

// cron adds the jobs that call logrotate. That of Debian and Red Hat leaves the work to systemd where that runs.
func (r *rotationRuns) cron(h *host) {
	table := cron.Jobs(h, h.from())
	for _, j := range table.Jobs {
		if !j.Repeats || !callsLogrotate(j.Command) {
			continue
		}
		if data, err := h.Read(j.File); err == nil && j.Line == 0 && strings.Contains(string(data), "/run/systemd/system") && h.systemdRuns() {
			continue
		}
		times, _, ok := cron.ParseTimes(j.When + " x")
		if ok && times != nil {
			r.At = append(r.At, *times)
		} else {
			r.At = append(r.At, every(j.Interval))
		}
	}
	if len(r.At) == 0 && r.err == nil && len(table.Unread) > 0 {
		r.what, r.err = table.Unread[0].Path, table.Unread[0].Err
	}
}

// callsLogrotate says whether a command line names logrotate as a program.
func callsLogrotate(command string) bool {
	return slices.ContainsFunc(strings.FieldsFunc(command, func(c rune) bool { return strings.ContainsRune(" \t;&|()", c) }), func(word string) bool {
		return word == "logrotate" || strings.HasSuffix(word, "/logrotate")
	})
}

// every are runs that come again after a time: each hour, each day, or after some days.
func every(d time.Duration) schedule.Times {
	seconds := []int{0}
	if d <= time.Hour {
		for hour := 1; hour < 24; hour++ {
			seconds = append(seconds, hour*3600)
		}
	}
	days := int((d + 24*time.Hour - 1) / (24 * time.Hour))
	return schedule.Times{Seconds: seconds, On: func(day time.Time) bool { return days <= 1 || int(day.Unix()/schedule.Day)%days == 0 }}
}

// systemdRuns says whether systemd is what starts the host: its process on a running host, its program on others.
func (h *host) systemdRuns() bool {
	if all, err := h.Processes(); err == nil {
		return slices.ContainsFunc(all, func(p capture.Process) bool { return p.PID == 1 && p.Name == "systemd" })
	}
	_, err := h.Stat("/usr/lib/systemd/systemd")
	if errors.Is(err, fs.ErrNotExist) {
		_, err = h.Stat("/lib/systemd/systemd")
	}
	return !errors.Is(err, fs.ErrNotExist)
}

// cronRuns says whether a cron daemon runs, or is started with the host.
func (h *host) cronRuns() bool {
	if running, err := h.Running("cron", "crond", "cronie"); err == nil {
		return !running.Since.IsZero()
	}
	units := systemd.Of(h.Capture)
	for _, name := range []string{"cron.service", "crond.service", "cronie.service"} {
		if e, err := units.Enabled(name); err != nil || e.Starts {
			return true // where it is not known, what cron would do is a run all the same
		}
	}
	return false
}
