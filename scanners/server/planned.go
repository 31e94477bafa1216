package server

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/backup"
	"github.com/tomscan/tomscan/scanners/server/calls"
	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/cron"
	"github.com/tomscan/tomscan/scanners/server/schedule"
	"github.com/tomscan/tomscan/scanners/server/systemd"
)

// planned is what cron and timers start.
type planned struct {
	reader *calls.Reader // of the commands, which it bounds together
	starts []start
	unread []unread // why there may be more
}

// unread is why something was not read, and whether that was refused.
type unread struct {
	why    evidence.Reason
	denied bool
}

// opened is a setting that is not known because of what was not read.
func opened[T any](u unread) evidence.Value[T] {
	if u.denied {
		return evidence.Denied[T](u.why)
	}
	return evidence.Unresolved[T](u.why)
}

// start is a command that cron or a timer starts.
type start struct {
	calls    []calls.Call
	service  string               // the unit that it is in, empty for cron
	at       evidence.Position    // of what plans it
	interval time.Duration        // the longest time between two runs
	times    []schedule.Times     // when they are
	jitter   time.Duration        // how much later they may be
	runs     evidence.Value[bool] // it runs by itself, again and again
}

// plannedCall is one call of what runs by itself, and what plans it.
type plannedCall struct {
	calls.Call
	start
}

// regular are the calls of what runs by itself, again and again.
func (p planned) regular() []plannedCall {
	var all []plannedCall
	for _, s := range p.sure() {
		for _, c := range s.calls {
			all = append(all, plannedCall{c, s})
		}
	}
	return all
}

// sure are the starts that come by themselves, again and again.
func (p planned) sure() []start {
	var all []start
	for _, s := range p.starts {
		if on, known := s.runs.Get(); known && on {
			all = append(all, s)
		}
	}
	return all
}

// planned is made once for each host.
func (h *host) planned() planned {
	type plannedKey struct{}
	return shared(h, plannedKey{}, func() planned {
		p := planned{reader: calls.NewReader(h, backup.Known)}
		p.ofCron(h)
		p.ofTimers(h)
		return p
	})
}

func (p *planned) miss(what string, err error) {
	p.unread = append(p.unread, unread{why(what, err), errors.Is(err, fs.ErrPermission)})
}

// ofCron adds the jobs of cron. Programs of its directories that leave the work to systemd start nothing where that runs.
func (p *planned) ofCron(h *host) {
	running := h.cronRuns()
	table := cron.Jobs(h, h.from())
	if on, known := running.Get(); known && !on {
		table.Unread = nil // what is in it would not run
	}
	for _, u := range table.Unread {
		p.miss(u.Path, u.Err)
	}
	for _, j := range table.Jobs {
		if h.leavesToSystemd(j) {
			continue
		}
		s := start{at: h.line(j.File, j.Line, ""), interval: j.Interval, times: []schedule.Times{every(j.Interval)}, runs: running}
		if times, _, ok := cron.ParseTimes(j.When + " x"); ok && times != nil {
			s.times[0] = *times
		}
		if !j.Repeats {
			s.runs = evidence.Known(false)
		}
		p.command(&s, j.Command, j.File, j.Line)
		p.add(s)
	}
}

// leavesToSystemd says whether a program of cron's directories does nothing, for systemd runs and has a timer for it.
func (h *host) leavesToSystemd(j cron.Job) bool {
	data, err := h.Read(j.File)
	return err == nil && j.Line == 0 && strings.Contains(string(data), "/run/systemd/system") && h.systemdRuns()
}

// ofTimers adds what the services of timers do.
func (p *planned) ofTimers(h *host) {
	running := h.systemdStarts()
	if on, known := running.Get(); known && !on {
		return
	}
	units := systemd.Of(h.Capture)
	names, err := units.Timers()
	if err != nil {
		p.miss("/etc/systemd/system", err)
	}
	if len(names) > timersLimit {
		names = names[:timersLimit]
		p.miss("/etc/systemd/system", capture.ErrTooMany)
	}
	for _, name := range names {
		p.timer(h, units, name, running)
	}
}

// timersLimit bounds the timers of a host, against hostile input: a stock host has about ten.
const timersLimit = 500

// timer adds one. What could not be read of a timer that is not started hides nothing.
func (p *planned) timer(h *host, units systemd.Host, name string, running evidence.Value[bool]) {
	enabled, err := units.Enabled(name)
	runs := running
	switch {
	case err != nil:
		runs = untold[bool](name, err)
	case !enabled.Starts:
		runs = evidence.Known(false)
	}
	lost := func(what string, err error) {
		on, known := runs.Get()
		if (on || !known) && !errors.Is(err, fs.ErrNotExist) { // what is not there is not started
			p.miss(what, err)
		}
	}
	timer, err := units.Timer(name, h.from())
	if err != nil || timer.Masked {
		lost(name, err)
		return
	}
	if !timer.Repeats {
		runs = evidence.Known(false)
	}
	service, err := units.Unit(timer.Activates)
	if err != nil {
		lost(timer.Activates, err)
		return
	}
	s := start{service: timer.Activates, at: h.line(firstOf(timer.Files, name), 0, ""), interval: timer.Interval, times: timer.Elapses, jitter: timer.Jitter, runs: runs}
	if timer.Every > 0 {
		s.times = append(slices.Clone(s.times), every(timer.Every))
		s.jitter = max(s.jitter, min(timer.Every, 24*time.Hour))
	}
	for _, key := range []string{"ExecStartPre", "ExecStart", "ExecStartPost"} {
		for _, command := range service.List("Service", key) {
			p.command(&s, strings.TrimLeft(command.Value, "@-:+!"), command.File, command.Line)
		}
	}
	p.add(s)
}

func firstOf(files []string, name string) string {
	if len(files) == 0 {
		return name
	}
	return files[0]
}

// command adds what a command calls. A script is unread where it may run.
func (p *planned) command(s *start, command, file string, line int) {
	found := p.reader.In(command, file, max(line, 1))
	s.calls = append(s.calls, found.Calls...)
	if on, known := s.runs.Get(); (on || !known) && found.Unread != nil {
		p.miss("a script that "+file+" calls", found.Unread)
	}
}

// add notes a start. What may run hides what it would do.
func (p *planned) add(s start) {
	if s.runs.State() != evidence.StateKnown {
		p.unread = append(p.unread, unread{s.runs.Why(), s.runs.State() == evidence.StateDenied})
	}
	p.starts = append(p.starts, s)
}
