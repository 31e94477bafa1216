package server

import (
	"strings"
	"time"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/logrotate"
)

// witness is a name that the files of the log could have.
func (t timedLog) witness() string {
	switch {
	case t.Count > 0:
		return t.Path + ".1"
	case !strings.Contains(t.Path, "%"):
		return t.Path + ".1700000000"
	}
	return strings.NewReplacer("%%", "%", "%Y", "2026", "%m", "11", "%d", "21", "%H", "00", "%M", "00", "%S", "00", "%F", "2026-11-21", "%y", "26", "%j", "325",
		"%a", "Sat", "%b", "Nov", "%u", "6", "%V", "47").Replace(t.Path)
}

// own takes the files of logs that are named by the time out of the list of known logs: all of one log have one fact.
func (r *rotation) own() map[string]time.Time {
	oldest := map[string]time.Time{}
	for _, t := range r.written.timed {
		files, kept := t.Files(), r.logs.all[:0]
		for _, log := range r.logs.all {
			all := len(log.files) > 0
			for _, f := range log.files {
				all = all && files.MatchString(f)
			}
			if !all {
				kept = append(kept, log)
				continue
			}
			if old := oldest[t.Path]; old.IsZero() || !log.oldest.IsZero() && log.oldest.Before(old) {
				oldest[t.Path] = log.oldest
			}
		}
		r.logs.all = kept
	}
	return oldest
}

// timedLog makes the fact of a log that is named by the time. Nothing removes its files but a job that is told to.
func (r *rotation) timedLog(t timedLog, oldest time.Time) {
	period := max(1, daysOf(t.Period))
	l := evidence.LogRotation{Name: evidence.Known(t.Path).At(t.at), PeriodDays: evidence.Known(period).At(t.at), OldestDays: r.oldest(logFile{path: t.Path, oldest: oldest}),
		KeptMinDays: evidence.Known(t.low).At(t.at), KeptMaxDays: evidence.Known(t.high).At(t.at)}
	if t.Period == 0 {
		l.PeriodDays, period = evidence.Unresolved[int](evidence.Because(logrotate.BecauseSize)).At(t.at), 0
	}
	about := thing{name: "log/" + t.Path, level: r.saidLevel(), at: []evidence.Position{t.at}}
	witness := t.witness()
	if len(r.removals.unread) > 0 && t.high == evidence.Never {
		open := opened[int](r.removals.unread[0])
		l.KeptMinDays, l.KeptMaxDays = open, open
	}
	switch s, twice := r.config.Of(witness); {
	case t.open != nil:
		open := evidence.Unresolved[int](*t.open).At(t.at)
		l.KeptMinDays, l.KeptMaxDays = open, open
	case twice:
		at := r.line(s.File, s.Line, "")
		open := evidence.Unresolved[int](evidence.Because("log_rotated_twice", "file", s.File, "line", itoa(s.Line))).At(t.at, at)
		l.KeptMinDays, l.KeptMaxDays, about.at = open, open, append(about.at, at)
	default:
		r.removed(&l, period, witness)
		if t.high != evidence.Never {
			about.notes = append(about.notes, evidence.Because("log_idle_stays"))
		}
	}
	r.put(about, l)
}
