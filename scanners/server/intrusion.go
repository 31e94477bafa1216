package server

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/systemd"
)

// intrusionDetectors reads which programs watch a host, and whether they run. Imunify360 has a reader of its own; the kernel's audit is
// a system log's.
func intrusionDetectors() reader {
	return reader{name: "intrusion", kinds: []evidence.Kind{"intrusion_detector"}, read: readIntrusion}
}

func readIntrusion(h *host) {
	if _, err := h.software(); err != nil {
		h.hide(why("dpkg-query -W", err), "intrusion_detector")
	}
	h.unreadProducts("intrusion_detector")
	for _, d := range detectors() {
		if !h.has(d.packages, d.processes) {
			continue
		}
		i := evidence.IntrusionDetector{Watches: evidence.Known(d.watches)}
		if len(d.programs) == 0 {
			i.Active = h.anyRuns(d.processes, d.units...)
			i.LastRunDays = h.lastOfService(i.Active)
		} else {
			i.Active, i.LastRunDays = h.detects(d)
		}
		h.add(thing{name: d.name, level: h.saidLevel()}, i)
	}
}

// lastOfService is when a program last ran that runs all the time.
func (h *host) lastOfService(active evidence.Value[bool]) evidence.Value[int] {
	on, known := active.Get()
	switch {
	case !h.Live:
		return evidence.Unresolved[int](evidence.Because("needs_live_source"))
	case known && on:
		return evidence.Known(0).At(active.Positions()...)
	}
	return evidence.Unresolved[int](evidence.Because("last_run_not_seen"))
}

// detects says whether a program is started again and again to look at the host and has what it compares with, and when it last did.
func (h *host) detects(d detector) (evidence.Value[bool], evidence.Value[int]) {
	plan := h.planned()
	active, service := evidence.Known(false), ""
	if len(plan.unread) > 0 {
		active = opened[bool](plan.unread[0])
	}
	for _, c := range plan.regular() {
		if !slices.Contains(d.programs, c.Program) || !d.checks(c) {
			continue
		}
		one := evidence.Known(true).At(c.at)
		if slices.Contains(d.packaged, c.Program) || slices.Contains(d.packaged, c.at.File) {
			one = h.turnedOn(d, c.at)
		}
		on, known := one.Get()
		if !known || on {
			active, service = one, c.service
		} else if was, known := active.Get(); known && !was {
			active = one
		}
		if on {
			break
		}
	}
	last := h.lastRun(d, service)
	if on, known := active.Get(); known && on && d.compares {
		return h.aideCompares(active), last
	}
	return active, last
}

// turnedOn says whether the file of a packaged job turns it on. The file is one of a shell: the last assignment counts.
func (h *host) turnedOn(d detector, at evidence.Position) evidence.Value[bool] {
	data, err := h.Read(d.file)
	if err != nil && !readable(err) {
		return untold[bool](d.file, err)
	}
	answer := evidence.Known(d.unset).At(at)
	for n, line := range strings.Split(string(data), "\n") {
		value, ok := strings.CutPrefix(strings.TrimSpace(line), d.key+"=")
		if !ok {
			continue
		}
		value, _, _ = strings.Cut(value, "#")
		value = strings.ToLower(strings.Trim(value, "\"' \t"))
		answer = evidence.Known(value != "" && strings.Contains(d.on, value[:1]) || value == "" && d.unset).At(h.line(d.file, n+1, line))
	}
	return answer
}

// aideCompares says whether there is a database to compare with: where the configuration says, or the packages put it.
// https://manpages.debian.org/bookworm/aide/aide.conf.5.en.html
func (h *host) aideCompares(active evidence.Value[bool]) evidence.Value[bool] {
	files := []string{"/var/lib/aide/aide.db", "/var/lib/aide/aide.db.gz"}
	for _, file := range []string{"/etc/aide/aide.conf", "/etc/aide.conf"} {
		data, err := h.Read(file)
		if err != nil && !readable(err) {
			return untold[bool](file, err)
		}
		for line := range strings.Lines(string(data)) {
			name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
			at, ok := strings.CutPrefix(strings.TrimSpace(value), "file:")
			if name = strings.TrimSpace(name); ok && (name == "database" || name == "database_in") {
				files = []string{strings.ReplaceAll(at, "@@{DBDIR}", "/var/lib/aide")}
			}
		}
	}
	for _, file := range files {
		_, err := h.Stat(file)
		if err == nil {
			return active
		}
		if !readable(err) {
			return untold[bool](file, err)
		}
	}
	return evidence.Known(false).At(h.line(files[0], 0, ""))
}

// lastRun is when a program last ran: the newest of its logs, or when the service that runs it last ended.
func (h *host) lastRun(d detector, service string) evidence.Value[int] {
	var newest time.Time
	var at evidence.Position
	out, _ := h.Output("logs")
	for line := range strings.SplitSeq(string(out), "\n") {
		size, modified, file, ok := logLine(line)
		if ok && size > 0 && d.logs != "" && strings.HasPrefix(file, d.logs) && modified.After(newest) {
			newest, at = modified, h.line(file, 0, "")
		}
	}
	properties, _ := systemd.Of(h.Capture).Properties(service)
	seconds, err := strconv.ParseInt(strings.TrimPrefix(properties["ExecMainExitTimestamp"], "@"), 10, 64)
	if ended := time.Unix(seconds, 0); err == nil && seconds > 0 && ended.After(newest) {
		newest, at = ended, h.said("systemctl-show")
	}
	if newest.IsZero() {
		return evidence.Unresolved[int](evidence.Because("last_run_not_seen"))
	}
	return h.daysSince(newest).At(at)
}
