package server

import (
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/calls"
	"github.com/tomscan/tomscan/scanners/server/cron"
	"github.com/tomscan/tomscan/scanners/server/systemd"
)

// software are the names of the installed packages, of dpkg or rpm. The error says that neither list is known.
func (h *host) software() (map[string]bool, error) {
	type softwareKey struct{}
	type told struct {
		installed map[string]bool
		err       error
	}
	t := shared(h, softwareKey{}, func() told {
		all := map[string]bool{}
		deb, debErr := h.packages()
		for name := range deb {
			all[name] = true
		}
		rpm, rpmErr := h.Output("rpm")
		for line := range strings.Lines(string(rpm)) {
			if f := strings.Fields(line); len(f) > 1 {
				all[f[0]] = true
			}
		}
		if rpmErr == nil {
			debErr = nil
		}
		return told{all, debErr}
	})
	return t.installed, t.err
}

// has says whether one of the packages is installed, or one of the processes runs: a program need not come from a package.
func (h *host) has(packages, processes []string) bool {
	installed, _ := h.software()
	for _, name := range packages {
		if installed[name] {
			return true
		}
	}
	running, err := h.Running(processes...)
	return err == nil && !running.Since.IsZero()
}

// anyRuns says whether a program runs, or is started with a host that does not run, by one of the units.
func (h *host) anyRuns(processes []string, units ...string) evidence.Value[bool] {
	answer := evidence.Known(false)
	for _, unit := range units {
		one := h.serviceRuns(processes, unit)
		on, known := one.Get()
		switch {
		case known && on:
			return one
		case !known:
			answer = one
		case len(answer.Positions()) == 0 && answer.State() == evidence.StateKnown:
			answer = one
		}
	}
	return answer
}

// planned is what cron and timers start by themselves, again and again.
type planned struct {
	calls  []plannedCall
	unread *evidence.Reason // why there may be more
}

// plannedCall is one call, and what plans it.
type plannedCall struct {
	calls.Call
	service string // the unit that it is in, empty for cron
	at      evidence.Position
}

// planned is made once for each host.
func (h *host) planned() planned {
	type plannedKey struct{}
	return shared(h, plannedKey{}, func() planned {
		var p planned
		if h.cronRuns() {
			p.ofCron(h)
		}
		if h.systemdRuns() {
			p.ofTimers(h)
		}
		return p
	})
}

func (p *planned) miss(what string, err error) {
	reason := why(what, err)
	p.unread = &reason
}

// ofCron adds the jobs of cron. Programs of its directories that leave the work to systemd start nothing where that runs.
func (p *planned) ofCron(h *host) {
	table := cron.Jobs(h, h.from())
	for _, u := range table.Unread {
		p.miss(u.Path, u.Err)
	}
	for _, j := range table.Jobs {
		if !j.Repeats {
			continue
		}
		if data, err := h.Read(j.File); err == nil && j.Line == 0 && strings.Contains(string(data), "/run/systemd/system") && h.systemdRuns() {
			continue
		}
		p.add(h, j.Command, "", h.line(j.File, j.Line, ""))
	}
}

// ofTimers adds what the services of timers do that are started with the host.
func (p *planned) ofTimers(h *host) {
	units := systemd.Of(h.Capture)
	names, err := units.Timers()
	if err != nil {
		p.miss("/etc/systemd/system", err)
		return
	}
	for _, name := range names {
		enabled, err := units.Enabled(name)
		if err != nil {
			p.miss(name, err)
		}
		if !enabled.Starts {
			continue
		}
		timer, err := units.Timer(name, h.from())
		if err != nil || !timer.Repeats {
			continue
		}
		service, err := units.Unit(timer.Activates)
		if err != nil {
			p.miss(timer.Activates, err)
			continue
		}
		for _, start := range service.List("Service", "ExecStart") {
			p.add(h, strings.TrimLeft(start.Value, "@-:+!"), timer.Activates, h.line(firstOf(timer.Files, name), 0, ""))
		}
	}
}

func (p *planned) add(h *host, command, service string, at evidence.Position) {
	found := calls.In(h, command, at.File, max(at.StartLine, 1))
	if found.Unread != nil {
		p.miss("a script that "+at.File+" calls", found.Unread)
	}
	for _, c := range found.Calls {
		p.calls = append(p.calls, plannedCall{c, service, at})
	}
}
