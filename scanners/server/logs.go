package server

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/logrotate"
)

// logRotations reads how long the logs of a host are kept: those of files, the journal and the log of the audit.
func logRotations() reader {
	return reader{name: "logs", kinds: []evidence.Kind{"log_rotation"}, read: func(h *host) {
		r := &rotation{host: h, logs: h.knownLogs(), runs: h.logrotateRuns(), written: h.writtenLogs(), removals: h.removals(), state: h.rotationState(), named: map[string]bool{}}
		r.files()
		h.journalKept()
	}}
}

// rotation is what is known of a host's logs and of logrotate.
type rotation struct {
	*host
	logs     knownLogs
	runs     rotationRuns
	written  *written
	removals removals
	state    rotationState
	config   logrotate.Configuration
	named    map[string]bool // things that have a fact
}

// files makes a fact of each log that was seen, and of each pattern of logrotate's configuration that matches none of them.
func (r *rotation) files() {
	if _, err := r.Stat(logrotate.MainFile); err != nil && !errors.Is(err, fs.ErrNotExist) {
		r.hide(why(logrotate.MainFile, err), "log_rotation")
		r.auditKept(r.config)
		return
	}
	if r.logs.err != nil {
		r.hide(why("find /var/log", r.logs.err), "log_rotation")
	}
	oldest := r.own()
	r.logs.join(sortedKeys(r.written.plain))
	r.config = logrotate.Load(r, logrotate.MainFile, r.logs.names(), logrotate.VersionOf(r.logrotateVersion()))
	r.auditKept(r.config)
	for _, p := range r.config.Problems {
		if p.File != "" {
			r.remark(evidence.Because("log_rotation_error", "file", p.File, "line", itoa(p.Line)), "log_rotation")
		}
	}
	for _, t := range r.written.timed {
		r.timedLog(t, oldest[t.Path])
	}
	for _, log := range r.logs.all {
		r.log(log)
	}
	for _, s := range r.config.Stanzas {
		for _, pattern := range s.Logs {
			if _, seen := r.logs.find(pattern); !seen {
				r.put(r.thing(pattern, s), r.kept(s, pattern, logFile{path: pattern}))
			}
		}
	}
}

// put makes a fact, unless the log has one: a daemon's own file may have the name of another's.
func (r *rotation) put(t thing, l evidence.LogRotation) {
	if !r.named[t.name] {
		r.named[t.name] = true
		r.add(t, l)
	}
}

// log makes the fact of a log that was seen.
func (r *rotation) log(log logFile) {
	s, ok := r.config.Of(log.path)
	switch {
	case ok:
		t, l := r.thing(log.path, s), r.kept(s, log.path, log)
		r.observed(&t, &l, s, log)
		r.put(t, l)
	case r.ownRotation(log):
	case len(r.config.Unread) > 0:
		u := r.config.Unread[0]
		open := untold[int](u.Path, u.Err)
		r.put(thing{name: "log/" + log.path, at: r.written.plain[log.path], level: evidence.LevelDesign}, evidence.LogRotation{Name: evidence.Known(log.path), KeptMinDays: open, KeptMaxDays: open, PeriodDays: open, OldestDays: r.oldest(log)})
	default:
		r.put(r.forever(log))
	}
}

// thing is what a fact of a stanza is about.
func (r *rotation) thing(name string, s logrotate.Stanza) thing {
	t := thing{name: "log/" + name, at: append([]evidence.Position{r.line(s.File, s.Line, "")}, r.written.plain[name]...), files: r.config.Files}
	if s.Stays() {
		t.notes = append(t.notes, evidence.Because("log_idle_stays"))
	}
	return t
}

// kept is how long a stanza keeps a log.
func (r *rotation) kept(s logrotate.Stanza, name string, log logFile) evidence.LogRotation {
	k := s.Keeps(r.runs.Runs)
	at := []evidence.Position{r.line(s.File, s.Line, "")}
	for _, p := range []logrotate.Place{s.PeriodAt, s.CountAt, s.MaxAgeAt} {
		if p.Line > 0 {
			at = append(at, r.line(p.File, p.Line, ""))
		}
	}
	rotated := evidence.LogRotation{Name: evidence.Known(name), KeptMinDays: r.days(k.Min, k.MinWhy).At(at...), KeptMaxDays: r.days(k.Max, k.MaxWhy).At(at...), OldestDays: r.oldest(log)}
	rotated.PeriodDays = r.days(s.Turns(r.runs.Runs)).At(at...)
	switch period, _ := rotated.PeriodDays.Get(); {
	case s.Copy || period == evidence.Never:
	case strings.ContainsAny(name, "*?["):
		r.removedSome(&rotated, name, s.DateExt)
	default:
		r.removed(&rotated, period, rotatedNames(name, s.DateExt)...)
	}
	r.emptied(&rotated, name)
	if oldest, ok := rotated.OldestDays.Get(); ok && k.MaxWhy == "" && oldest > k.Max+1 { // a day for what was late
		if s.Stays() {
			rotated.KeptMaxDays = evidence.Known(evidence.Never).At(append(at, r.said("logs"))...)
		} else {
			rotated.KeptMaxDays = evidence.Unresolved[int](evidence.Because("log_older_than_rotation")).At(r.said("logs"))
		}
	}
	return rotated
}

// days is a number of days, or why it is not known.
func (r *rotation) days(n int, whyNot string) evidence.Value[int] {
	switch {
	case whyNot == logrotate.BecauseUnknown && len(r.runs.unread) > 0:
		return opened[int](r.runs.unread[0])
	case whyNot != "":
		return evidence.Unresolved[int](evidence.Because(whyNot))
	}
	return evidence.Known(n)
}

// forever is a log that no stanza names: nothing removes it.
func (r *rotation) forever(log logFile) (thing, evidence.LogRotation) {
	at := r.said("logs")
	callers := r.written.plain[log.path]
	if len(log.files) == 0 && len(callers) > 0 {
		at = callers[0]
	}
	t := thing{name: "log/" + log.path, level: r.saidLevel(), at: callers}
	if len(log.files) > 0 || len(callers) == 0 {
		t.at = append([]evidence.Position{at}, callers...)
	}
	for _, p := range r.config.Problems {
		for _, pattern := range p.Patterns {
			if logrotate.Matches(pattern, log.path) {
				t.at = append(t.at, r.line(p.File, p.Line, ""))
				t.notes = append(t.notes, evidence.Because("log_rotation_error", "file", p.File, "line", itoa(p.Line)))
			}
		}
	}
	never := evidence.Known(evidence.Never).At(at)
	if len(r.removals.unread) > 0 { // a job that was not read may remove it
		never = opened[int](r.removals.unread[0]).At(at)
	}
	l := evidence.LogRotation{Name: evidence.Known(log.path), KeptMinDays: never, KeptMaxDays: never, PeriodDays: never, OldestDays: r.oldest(log)}
	if log.size > 0 && !log.begun { // when it was last written to says nothing of its first record
		l.OldestDays = evidence.Unresolved[int](evidence.Because("log_not_seen"))
	}
	files := slices.DeleteFunc(slices.Clone(log.files), func(f string) bool { return f == log.path && len(callers) > 0 }) // it is written to
	if len(files) > 0 {
		r.removed(&l, 0, files...)
	}
	r.emptied(&l, log.path)
	return t, l
}

// rotatedNames are names that the old files of a log could have.
func rotatedNames(log string, byDate bool) []string {
	if byDate {
		return []string{log + "-20261121", log + "-20261120.gz"}
	}
	return []string{log + ".1", log + ".2.gz"}
}

// ownRotation handles logs that programs rotate themselves. cPanel's are rotated when they are large.
// https://docs.cpanel.net/whm/server-configuration/cpanel-log-rotation-configuration/
func (r *rotation) ownRotation(log logFile) bool {
	if !strings.HasPrefix(log.path, "/usr/local/cpanel/logs/") {
		return false
	}
	open := evidence.Unresolved[int](evidence.Because(logrotate.BecauseSize))
	r.put(thing{name: "log/" + log.path, level: evidence.LevelImplementation, at: []evidence.Position{r.said("logs")}},
		evidence.LogRotation{Name: evidence.Known(log.path), KeptMinDays: open, KeptMaxDays: open, PeriodDays: open, OldestDays: r.oldest(log)})
	return true
}

// oldest is the age of the oldest record that was seen: of the first line, where it has a time, or of the oldest rotated file.
func (r *rotation) oldest(log logFile) evidence.Value[int] {
	if r.logs.err != nil {
		return untold[int]("find /var/log", r.logs.err)
	}
	if log.oldest.IsZero() {
		code := "log_not_seen"
		if at := r.written.real(log.path); strings.HasPrefix(at, "/var/log/") && !noLog(at) && !strings.ContainsAny(at, "*?[%") { // all that is there was listed
			code = "log_without_records"
		}
		return evidence.Unresolved[int](evidence.Because(code))
	}
	return evidence.Known(max(0, int(r.At.Sub(log.oldest).Hours()/24))).At(r.said("logs"))
}

// logrotateVersion is the version of the package, or empty.
func (h *host) logrotateVersion() string {
	for _, command := range []string{"dpkg", "rpm"} {
		out, err := h.Output(command)
		if err != nil {
			continue
		}
		for line := range strings.SplitSeq(string(out), "\n") {
			if f := strings.Fields(line); len(f) > 1 && f[0] == "logrotate" {
				return f[1]
			}
		}
	}
	data, err := h.Read("/var/lib/dpkg/status")
	if err != nil {
		return ""
	}
	_, after, _ := strings.Cut("\n"+string(data), "\nPackage: logrotate\n")
	entry, _, _ := strings.Cut(after, "\n\n")
	_, version, _ := strings.Cut(entry, "\nVersion: ")
	version, _, _ = strings.Cut(version, "\n")
	return version
}
