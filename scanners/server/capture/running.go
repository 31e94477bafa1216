package capture

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Running says since when a daemon has had its configuration; the zero Since means that it does not run. The names are those that
// its processes may have. A daemon that was told to read its configuration again counts from then, where the service manager knows it.
type Running struct {
	Name  string
	Since time.Time
}

// nameLimit is how much of a name the kernel keeps: https://man7.org/linux/man-pages/man5/proc_pid_comm.5.html
const nameLimit = 15

// Running finds since when a daemon of one of the names has had its configuration: the start of its oldest process. Where a unit of
// systemd has such a process as its main one, only these count (a session of an sshd that was replaced is older than the sshd), from
// the last change of the unit's state: a reload changes it, from reloading to running. ErrNotCollected says that nobody looked.
func (c *Capture) Running(names ...string) (Running, error) {
	all, err := c.Processes()
	if err != nil {
		return Running{}, err
	}
	units := c.mainProcesses()
	var process, service Running
	for _, p := range all {
		if !slices.ContainsFunc(names, func(name string) bool { return cutName(name) == p.Name }) {
			continue
		}
		process = process.older(Running{p.Name, p.Since})
		if since, ok := units[p.PID]; ok {
			if p.Since.After(since) {
				since = p.Since
			}
			service = service.older(Running{p.Name, since})
		}
	}
	if !service.Since.IsZero() {
		return service, nil
	}
	return process, nil
}

// older is the one that has run longer.
func (r Running) older(o Running) Running {
	if r.Since.IsZero() || o.Since.Before(r.Since) {
		return o
	}
	return r
}

func cutName(name string) string { return name[:min(len(name), nameLimit)] }

// mainProcesses are the main processes of active units, and when their units' states changed last:
// https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.systemd1.html#Properties1
func (c *Capture) mainProcesses() map[int]time.Time {
	out, err := c.Output("systemctl-show")
	if err != nil {
		return nil
	}
	found := map[int]time.Time{}
	for block := range strings.SplitSeq(string(out), "\n\n") {
		unit := map[string]string{}
		for line := range strings.Lines(block) {
			key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
			unit[key] = value
		}
		pid, err := strconv.Atoi(unit["MainPID"])
		since := latest(timestamp(unit["StateChangeTimestamp"]), timestamp(unit["ActiveEnterTimestamp"]))
		if err == nil && pid > 0 && unit["ActiveState"] == "active" && !since.IsZero() {
			found[pid] = since
		}
	}
	return found
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// timestamp reads a time of systemctl: "@123", or words where the zone is UTC. Abbreviations of other zones say nothing.
func timestamp(s string) time.Time {
	if seconds, ok := strings.CutPrefix(s, "@"); ok {
		if n, err := strconv.ParseInt(seconds, 10, 48); err == nil {
			return time.Unix(n, 0).UTC()
		}
		return time.Time{}
	}
	t, err := time.Parse("Mon 2006-01-02 15:04:05 UTC", s)
	if err != nil {
		return time.Time{}
	}
	return t
}
