package server

import (
	"errors"
	"io/fs"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/auditd"
	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/journald"
	"github.com/tomscan/tomscan/scanners/server/logrotate"
	"github.com/tomscan/tomscan/scanners/server/systemd"
)

// journalKey is the key of the journal's configuration.
type journalKey struct{}

// journalOf is the configuration of the journal, whether it is persistent, and why either is not known.
type journalOf struct {
	journald.Journal
	there      bool // systemd is on the host
	persistent evidence.Value[bool]
	err        error
}

// journal reads the configuration of the journal.
func (h *host) journal() journalOf {
	return shared(h, journalKey{}, func() journalOf {
		j := journalOf{there: h.systemdRuns()}
		j.Journal, j.err = journald.Load(h)
		if j.err != nil {
			j.persistent = untold[bool]("/etc/systemd/journald.conf", j.err)
			return j
		}
		dir, err := h.journalDir()
		if err != nil && j.Storage == "auto" {
			j.persistent = untold[bool](journald.Dir, err)
			return j
		}
		if e, ok := j.Last("Storage"); ok && j.StorageSet {
			j.persistent = evidence.Known(j.Persistent(dir)).At(h.entry(e))
			return j
		}
		j.persistent = evidence.Default(j.Persistent(dir), "https://www.freedesktop.org/software/systemd/man/latest/journald.conf.html#Storage=")
		return j
	})
}

// journalDir says whether the directory of a persistent journal is there: it is where the capture saw a file in it.
func (h *host) journalDir() (bool, error) {
	if out, err := h.Output("logs"); err == nil && strings.Contains(string(out), " "+journald.Dir+"/") {
		return true, nil
	}
	_, err := h.Stat(journald.Dir)
	if errors.Is(err, capture.ErrNotCollected) && h.Live {
		if _, logs := h.Output("logs"); logs == nil {
			return false, nil // all files below /var/log were listed, and none is in it: an empty one would have been written to
		}
	}
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// entry is the position of a line of systemd's files.
func (h *host) entry(e systemd.Entry) evidence.Position {
	return h.line(e.File, e.Line, e.Key+"="+e.Value)
}

// journalKept makes the fact of the journal: it is limited by its size in any case, so that how long it is kept at least is not known. One
// that is kept in memory, and whose records rsyslog writes to files, is no log but the way to these.
func (h *host) journalKept() {
	j := h.journal()
	switch {
	case !j.there || j.err == nil && j.Storage == "none":
		return
	case j.err != nil:
		h.hide(why("/etc/systemd/journald.conf", j.err), "log_rotation")
		return
	}
	size := evidence.Because("log_limited_by_size")
	l := evidence.LogRotation{Name: evidence.Known("journal"), KeptMinDays: evidence.Unresolved[int](size), KeptMaxDays: evidence.Unresolved[int](size),
		PeriodDays: evidence.Unresolved[int](size), OldestDays: evidence.Unresolved[int](evidence.Because("log_not_seen"))}
	if days, ok := j.MaxDays(); ok {
		l.KeptMaxDays, l.PeriodDays = evidence.Known(days), evidence.Known(max(1, int(j.MaxFile.Hours()/24)))
		if e, ok := j.Last("MaxRetentionSec"); ok {
			l.KeptMaxDays = l.KeptMaxDays.At(h.entry(e))
		}
	}
	if persistent, known := j.persistent.Get(); known && !persistent {
		if written, _ := h.rsyslogWrites().Get(); written {
			h.remark(evidence.Because("journal_passed_on"), "log_rotation")
			return
		}
		l.KeptMinDays = evidence.Known(0).At(h.line("/etc/systemd/journald.conf", 0, "")) // it is gone with a restart
	}
	h.add(thing{name: "log/journal", files: j.Files, daemons: []string{"systemd-journald", "systemd-journal"}}, l)
}

// auditKept makes the fact of the audit daemon's log, which is limited by its size or not at all. One that logrotate rotates too has its
// fact from there.
func (r *rotation) auditKept(rotated logrotate.Configuration) {
	c, err := auditd.Load(r)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return
	case err != nil:
		r.hide(why(auditd.ConfigFile, err), "log_rotation")
		return
	case !c.Writes:
		return
	}
	if _, ok := rotated.Of(c.LogFile); ok {
		return
	}
	at := r.line(auditd.ConfigFile, c.Action.Line, "")
	size := evidence.Unresolved[int](evidence.Because(logrotate.BecauseSize)).At(at)
	l := evidence.LogRotation{Name: evidence.Known(c.LogFile), KeptMinDays: size, KeptMaxDays: size, PeriodDays: size, OldestDays: evidence.Unresolved[int](evidence.Because("log_not_seen"))}
	if c.Growing {
		l.KeptMaxDays = evidence.Known(evidence.Never).At(at)
		if !c.Lossy {
			l.KeptMinDays = evidence.Known(evidence.Never).At(at)
		}
	}
	r.put(thing{name: "log/" + c.LogFile, at: []evidence.Position{at}, files: []string{auditd.ConfigFile}, daemons: []string{"auditd"}}, l)
}
