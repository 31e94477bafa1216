package server

import (
	"path"
	"slices"
	"strings"
	"time"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/auditd"
	"github.com/tomscan/tomscan/scanners/server/logpipe"
	"github.com/tomscan/tomscan/scanners/server/mail"
	"github.com/tomscan/tomscan/scanners/server/nginx"
)

// written are the logs that the configurations of daemons name, wherever they lie.
type written struct {
	*host
	plain map[string][]evidence.Position // path of a log that stays the same
	timed []timedLog
}

// timedLog is a log of which a daemon begins a new file with another name after a time.
type timedLog struct {
	logpipe.Logger
	at        evidence.Position
	low, high int // days that records are kept where nothing else removes them
	open      *evidence.Reason
}

// writtenLogs asks all daemons.
func (h *host) writtenLogs() *written {
	w := &written{host: h, plain: map[string][]evidence.Position{}}
	w.apache()
	w.nginx()
	w.exim()
	w.postfix()
	w.rsyslog()
	w.syslogNG()
	w.postgres()
	w.mysql()
	return w
}

// file notes a log with the line that names it.
func (w *written) file(name string, at evidence.Position) {
	at.Role = evidence.RoleCalls
	name = w.real(name)
	if !slices.Contains(w.plain[name], at) && len(w.plain[name]) < callersLimit {
		w.plain[name] = append(w.plain[name], at)
	}
}

// callersLimit is how many lines are shown that name one log.
const callersLimit = 5

// linksLimit is how many links are followed in one path.
const linksLimit = 40

// real is a path without links, as far as they are known: lists of files follow none.
func (w *written) real(name string) string {
	for followed := 0; followed < linksLimit; followed++ {
		next := name
		for end := 1; end < len(name); end++ {
			if name[end] != '/' {
				continue
			}
			if target, err := w.Link(name[:end]); err == nil {
				if !path.IsAbs(target) {
					target = path.Join(path.Dir(name[:end]), target)
				}
				next = path.Join(target, name[end:])
				break
			}
		}
		if next == name {
			break
		}
		name = next
	}
	return path.Clean(name)
}

// pipe notes a log that a program writes to files of its own.
func (w *written) pipe(command string, at evidence.Position) {
	l, kind := logpipe.Parse(command)
	switch kind {
	case logpipe.HandsOver: // it is kept as long as the system's log
	case logpipe.Unknown:
		program, _, _ := strings.Cut(strings.TrimLeft(command, "|$ "), " ")
		w.hide(evidence.Because("log_piped", "program", program), "log_rotation")
	default:
		low, high, ok := l.Kept(evidence.Never)
		t := timedLog{Logger: l, at: at, low: low, high: high}
		if !ok {
			open := evidence.Because("log_rotated_by_size")
			t.open = &open
		}
		w.time(t)
	}
}

// time notes a log with names by the time, once.
func (w *written) time(t timedLog) {
	t.Path, t.at.Role = w.real(t.Path), evidence.RoleCalls
	if !slices.ContainsFunc(w.timed, func(old timedLog) bool { return old.Path == t.Path }) {
		w.timed = append(w.timed, t)
	}
}

func (w *written) apache() {
	d := w.httpd()
	if d.unread != nil {
		w.hide(*d.unread, "log_rotation")
	}
	if d.server == nil {
		return
	}
	for n := range d.server.Gaps {
		w.hide(why(d.server.Gaps[n].What, d.server.Gaps[n].Err), "log_rotation")
	}
	for _, t := range d.server.Targets() {
		at := w.line(t.At.File, t.At.Line, t.At.Text)
		switch {
		case t.Doubt != nil:
			w.hide(why(t.Doubt.What, t.Doubt.Err), "log_rotation")
		case t.Pipe != "":
			w.pipe(t.Pipe, at)
		default:
			w.file(t.Path, at)
		}
	}
}

func (w *written) nginx() {
	server := w.nginxServer()
	for _, reason := range server.unread {
		w.hide(reason, "log_rotation")
	}
	if !server.found {
		return
	}
	targets, unread := nginx.Targets(server.config, server.prefix)
	for _, at := range unread {
		w.hide(evidence.Because("host_not_collected", "what", at.Text), "log_rotation")
	}
	for _, t := range targets {
		if t.Variable() || !path.IsAbs(t.Path) {
			w.unnamed(t.Path)
			continue
		}
		w.file(t.Path, w.line(t.At.File, t.At.Line, t.At.Text))
	}
}

// unnamed is a log whose name is not known. Those below the directories that were listed have been seen.
func (w *written) unnamed(name string) {
	if _, err := w.Output("logs"); err == nil && strings.HasPrefix(name, "/var/log/") {
		return
	}
	w.hide(evidence.Because("host_not_understood", "what", name), "log_rotation")
}

// exim reads log_file_path: %s stands for the log, %D and %M for the date.
// https://www.exim.org/exim-html-current/doc/html/spec_html/ch-log_files.html
func (w *written) exim() {
	out, err := w.Output("exim-bP")
	if err != nil {
		return
	}
	options := mail.ReadExim(out, nil).Options
	paths := options["log_file_path"]
	if paths == "" {
		paths = path.Join(options["spool_directory"], "log/%slog")
	}
	separator := ":"
	if rest, ok := strings.CutPrefix(paths, "<"); ok && rest != "" {
		separator, paths = rest[:1], rest[1:]
	}
	for name := range strings.SplitSeq(paths, separator) {
		name = strings.TrimSpace(name)
		for _, log := range []string{"main", "panic", "reject"} {
			file := strings.ReplaceAll(name, "%s", log)
			switch {
			case !path.IsAbs(file):
			case strings.Contains(file, "%D") || strings.Contains(file, "%M"):
				file = strings.NewReplacer("%D", "%Y%m%d", "%M", "%Y%m").Replace(file)
				w.time(timedLog{Logger: logpipe.Logger{Program: "cronolog", Path: file, Period: logpipe.Finest(file)}, at: w.said("exim-bP"), low: evidence.Never, high: evidence.Never})
			default:
				w.file(file, w.said("exim-bP"))
			}
		}
	}
}

// postfix reads maillog_file: without one Postfix hands its log to the system's.
// https://www.postfix.org/postconf.5.html#maillog_file
func (w *written) postfix() {
	const name = "maillog_file"
	conf, err := mail.ReadPostfix(w, postfixMain)
	raw, set := conf.Parameters[name]
	if err != nil || !set || raw.Value == "" {
		return
	}
	file, ok := conf.Get(name)
	switch {
	case !ok:
		w.hide(evidence.Because("host_not_understood", "what", name+" = "+raw.Value), "log_rotation")
	case path.IsAbs(file.Value) && !strings.HasPrefix(file.Value, "/dev/"):
		w.file(file.Value, w.line(raw.File, raw.Line, name+" = "+raw.Value))
	}
}

// syslogNG says that syslog-ng, whose configuration is not read, may write logs anywhere, where it is on the host and runs.
func (w *written) syslogNG() {
	if _, err := w.Stat(syslogNG); err != nil {
		return
	}
	if on, known := w.serviceRuns([]string{"syslog-ng"}, "syslog-ng.service").Get(); on || !known {
		w.hide(evidence.Because("host_not_understood", "what", syslogNG), "log_rotation")
	}
}

// rsyslog lists the files with a name that does not change. Others lie below /var/log as a rule.
func (w *written) rsyslog() {
	c, err := w.host.rsyslog()
	if err != nil {
		return
	}
	if on, known := w.serviceRuns([]string{"rsyslogd"}, "rsyslog.service").Get(); known && !on {
		return
	}
	for _, u := range c.Unread {
		w.hide(why(u.Path, u.Err), "log_rotation")
	}
	audit, _ := auditd.Load(w)
	for _, a := range c.Actions {
		if a.Kind == "file" && path.IsAbs(a.Target) && !strings.HasPrefix(a.Target, "/dev/") && !strings.HasPrefix(a.Target, "/proc/") && a.Target != audit.LogFile {
			w.file(a.Target, w.line(a.File, a.Line, ""))
		}
	}
}

// daysOf are days that a time takes, begun ones counted.
func daysOf(d time.Duration) int { return int((d + 24*time.Hour - 1) / (24 * time.Hour)) }
