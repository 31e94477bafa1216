package server

import (
	"errors"
	"io/fs"
	"slices"
	"time"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/calls"
	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/logrotate"
	"github.com/tomscan/tomscan/scanners/server/schedule"
)

// rotationRuns says when logrotate runs, and why there may be more runs.
type rotationRuns struct {
	logrotate.Runs
	unread []unread
}

// from is when schedules are looked at: when the host was captured, or a fixed day for a root directory, which has no time.
func (h *host) from() time.Time {
	if h.At.IsZero() {
		return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return h.At
}

// logrotateRuns joins what calls logrotate with its main file.
func (h *host) logrotateRuns() rotationRuns {
	r := rotationRuns{Runs: logrotate.Runs{From: h.from()}, unread: h.planned().unread}
	for _, s := range h.planned().sure() {
		if slices.ContainsFunc(s.calls, func(c calls.Call) bool { return c.Program == "logrotate" && c.Has(logrotate.MainFile) }) {
			r.At, r.Jitter = append(r.At, s.times...), max(r.Jitter, s.jitter)
		}
	}
	r.Not = len(r.At) == 0 && len(r.unread) == 0
	r.Runs = r.Remembering()
	return r
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

// systemdStarts says whether systemd is what starts the host: its process on a running host, its program on others.
func (h *host) systemdStarts() evidence.Value[bool] {
	if all, err := h.Processes(); err == nil {
		return evidence.Known(slices.ContainsFunc(all, func(p capture.Process) bool { return p.PID == 1 && p.Name == "systemd" }))
	}
	const program = "/usr/lib/systemd/systemd"
	_, err := h.Stat(program)
	if errors.Is(err, fs.ErrNotExist) {
		_, err = h.Stat("/lib/systemd/systemd")
	}
	if capture.UnlessAbsent(err) != nil {
		return untold[bool](program, err)
	}
	return evidence.Known(err == nil)
}

// systemdRuns says whether systemd starts the host, or may do so.
func (h *host) systemdRuns() bool {
	on, known := h.systemdStarts().Get()
	return on || !known
}

// cronRuns says whether a cron daemon runs, or is started with the host.
func (h *host) cronRuns() evidence.Value[bool] {
	return h.anyRuns([]string{"cron", "crond", "cronie"}, "cron.service", "crond.service", "cronie.service")
}
