package server

import (
	"errors"
	"io/fs"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/auditd"
	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/rsyslog"
	"github.com/tomscan/tomscan/scanners/server/systemd"
)

// systemLogs reads whether a host keeps what happens on it, and whether its clock is right.
func systemLogs() reader {
	return reader{name: "systemlog", kinds: []evidence.Kind{"system_log"}, read: readSystemLog}
}

func readSystemLog(h *host) {
	s := evidence.SystemLog{Persistent: h.logPersistent(), TimeSynchronised: h.timeSynchronised()}
	s.Auditing, s.AuditImmutable = h.audited()
	level := evidence.LevelDesign
	if h.Live {
		level = evidence.LevelImplementation
	}
	h.add(thing{name: "system_log", level: level}, s)
}

// logPersistent says whether messages survive a restart: in a persistent journal, or in files that rsyslog writes.
func (h *host) logPersistent() evidence.Value[bool] {
	j := h.journal()
	persistent, known := j.persistent.Get()
	if j.there && known && persistent {
		return j.persistent
	}
	files := h.rsyslogWrites()
	if written, ok := files.Get(); ok && written {
		return files
	}
	if j.there && !known {
		return j.persistent
	}
	return files
}

// rsyslogWrites says whether rsyslog runs and writes files.
func (h *host) rsyslogWrites() evidence.Value[bool] {
	c, err := h.rsyslog()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return h.otherSyslog()
	case err != nil:
		return untold[bool](rsyslog.MainFile, err)
	}
	runs := h.serviceRuns([]string{"rsyslogd"}, "rsyslog.service")
	if on, ok := runs.Get(); !ok || !on {
		return runs
	}
	for _, a := range c.Actions {
		if a.Kind == "file" {
			return evidence.Known(true).At(h.line(a.File, a.Line, ""))
		}
	}
	return lost(evidence.Known(false).At(h.line(rsyslog.MainFile, 0, "")), c.Unread)
}

// otherSyslog says that nothing writes files, unless another syslog daemon is there, whose configuration is not read.
func (h *host) otherSyslog() evidence.Value[bool] {
	if _, err := h.Stat(syslogNG); !errors.Is(err, fs.ErrNotExist) {
		return evidence.Unresolved[bool](evidence.Because("host_not_understood", "what", syslogNG))
	}
	return evidence.Known(false).At(h.line(rsyslog.MainFile, 0, ""))
}

// syslogNG is the configuration of syslog-ng.
const syslogNG = "/etc/syslog-ng/syslog-ng.conf"

// serviceRuns says whether a daemon runs, or is started with a host that does not run.
func (h *host) serviceRuns(processes []string, unit string) evidence.Value[bool] {
	if running, err := h.Running(processes...); err == nil {
		return evidence.Known(!running.Since.IsZero()).At(h.said("ps"))
	}
	e, err := systemd.Of(h.Capture).Enabled(unit)
	if err != nil {
		return untold[bool](unit, err)
	}
	v := evidence.Known(e.Starts)
	if e.By != "" {
		v = v.At(h.line(e.By, 0, ""))
	}
	return v
}

// audited says whether the kernel's audit is on with rules, and whether these can be changed: what the kernel says, or what files would
// load.
func (h *host) audited() (on, immutable evidence.Value[bool]) {
	status, err := h.Command("auditctl-s")
	if err == nil && status.Exit == 0 {
		if enabled, ok := auditd.Status(status.Out); ok {
			return h.auditLoaded(enabled)
		}
	}
	if err == nil && status.Exit != 127 && !h.Root {
		refused := untold[bool]("auditctl", fs.ErrPermission)
		return refused, refused
	}
	return h.auditConfigured()
}

// auditLoaded is what the kernel says.
func (h *host) auditLoaded(enabled int) (on, immutable evidence.Value[bool]) {
	said := h.said("auditctl-s")
	immutable = evidence.Known(enabled == 2).At(said)
	if enabled == 0 {
		return evidence.Known(false).At(said), immutable
	}
	rules, err := h.Output("auditctl-l")
	if err != nil {
		return untold[bool]("auditctl -l", err), immutable
	}
	return evidence.Known(auditd.Loaded(rules) > 0).At(h.said("auditctl-l")), immutable
}

// auditConfigured is what files would load when the host starts. On a running host the kernel alone knows what is loaded.
func (h *host) auditConfigured() (on, immutable evidence.Value[bool]) {
	if _, err := h.Stat(auditd.ConfigFile); errors.Is(err, fs.ErrNotExist) {
		no := evidence.Known(false).At(h.line(auditd.ConfigFile, 0, ""))
		return no, no
	}
	if h.Live {
		open := untold[bool]("auditctl -s", capture.ErrNotCollected)
		return open, open
	}
	rules, err := auditd.LoadRules(h)
	if err != nil {
		open := untold[bool]("/etc/audit/rules.d", err)
		return open, open
	}
	starts := h.serviceRuns([]string{"auditd"}, "auditd.service")
	if runs, ok := starts.Get(); !ok || !runs {
		return starts, starts
	}
	at := h.line(rules.File, rules.Line, "")
	return evidence.Known(rules.Enabled && rules.Count > 0).At(at), evidence.Known(rules.Immutable).At(at)
}

// timeSynchronised says whether the clock follows a source: what the host says of it, or that a daemon is started that has sources.
func (h *host) timeSynchronised() evidence.Value[bool] {
	if out, err := h.Output("chronyc-tracking"); err == nil {
		if leap := strings.Split(strings.TrimSpace(string(out)), ","); len(leap) > 13 {
			return evidence.Known(leap[13] != "Not synchronised" && leap[2] != "0").At(h.said("chronyc-tracking"))
		}
	}
	if out, err := h.Output("timedatectl"); err == nil {
		for line := range strings.SplitSeq(string(out), "\n") {
			if value, ok := strings.CutPrefix(strings.TrimSpace(line), "NTPSynchronized="); ok {
				return evidence.Known(value == "yes").At(h.said("timedatectl"))
			}
		}
	}
	return h.timeDaemon()
}
