package server

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// logHost makes a host of files, and of commands that ended well. Its captures are of 2026-11-21 at noon.
func logHost(live bool, files, commands map[string]string) *capture.Capture {
	said := map[string]capture.Command{}
	for name, out := range commands {
		said[name] = capture.Command{Line: name, Out: []byte(out)}
	}
	m := capture.NewMemory("/")
	for p, content := range files {
		if len(content) > 2 && content[:2] == "->" {
			m.AddLink(p, content[2:])
			continue
		}
		m.Add(p, capture.Info{Mode: 0o755, Size: int64(len(content)), ModTime: time.Unix(1700000000, 0)}, []byte(content), nil)
	}
	return capture.Taken(capture.Capture{Live: live, Root: true}, m, said)
}

// daysAgo is a time in seconds as find says it.
func daysAgo(n int) string {
	return fmt.Sprint(time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC).AddDate(0, 0, -n).Unix())
}

// stockLogs are Debian's files of logs, with logrotate's timer as Debian enables it.
func stockLogs() map[string]string {
	return map[string]string{
		"/etc/logrotate.conf":                                     "weekly\nrotate 4\ncreate\ninclude /etc/logrotate.d\n",
		"/etc/logrotate.d/apache2":                                "/var/log/apache2/*.log {\n\tdaily\n\tmissingok\n\trotate 14\n\tnotifempty\n\tcreate 640 root adm\n}\n",
		"/etc/logrotate.d/exim4-base":                             "/var/log/exim4/mainlog /var/log/exim4/rejectlog {\n\tdaily\n\trotate 10\n\tnotifempty\n\tnocreate\n}\n",
		"/etc/logrotate.d/dpkg":                                   "/var/log/dpkg.log {\n\tmonthly\n\trotate 12\n}\n",
		"/usr/lib/systemd/systemd":                                "x",
		"/usr/lib/systemd/system/logrotate.timer":                 "[Timer]\nOnCalendar=daily\nAccuracySec=1h\nPersistent=true\n[Install]\nWantedBy=timers.target\n",
		"/usr/lib/systemd/system/logrotate.service":               "[Service]\nType=oneshot\nExecStart=/usr/sbin/logrotate /etc/logrotate.conf\n",
		"/etc/systemd/system/timers.target.wants/logrotate.timer": "->/usr/lib/systemd/system/logrotate.timer",
		"/etc/crontab":                                            "25 6 * * * root run-parts --report /etc/cron.daily\n",
		"/etc/cron.daily/logrotate":                               "#!/bin/sh\nif [ -d /run/systemd/system ]; then\n exit 0\nfi\n/usr/sbin/logrotate /etc/logrotate.conf\n",
	}
}

// with returns files with others added; an empty text takes one away.
func with(files map[string]string, more ...string) map[string]string {
	for i := 0; i < len(more); i += 2 {
		if files[more[i]] = more[i+1]; more[i+1] == "" {
			delete(files, more[i])
		}
	}
	return files
}

const (
	systemdRuns = "1 0 99999 systemd\n300 1 99999 cron\n"
	initRuns    = "1 0 99999 init\n300 1 99999 cron\n"
)

func never() string { return fmt.Sprint(evidence.Never) }

func TestLogRotation(t *testing.T) {
	t.Parallel()
	const access, main = "log//var/log/apache2/access.log", "log//var/log/exim4/mainlog"
	set := func(name, minimum, maximum, oldest, period string) map[string]string {
		return map[string]string{"name": name[4:], "kept_min_days": minimum, "kept_max_days": maximum, "oldest_days": oldest, "period_days": period}
	}
	seen := "90 " + daysAgo(0) + " /var/log/apache2/access.log\n90 " + daysAgo(9) + " /var/log/apache2/access.log.9.gz\n"
	tests := map[string]struct {
		host    *capture.Capture
		address string
		want    map[string]string
	}{
		"set, on a running host":          {logHost(true, stockLogs(), map[string]string{"ps": systemdRuns, "logs": seen}), access, set(access, "14", "15", "9", "1")},
		"set, by a pattern alone":         {logHost(true, stockLogs(), map[string]string{"ps": systemdRuns, "logs": seen}), main, set(main, "10", "11", "unresolved log_without_records", "1")},
		"in a root directory":             {logHost(false, stockLogs(), nil), main, set(main, "10", "11", "unresolved host_not_collected", "1")},
		"unset":                           {logHost(true, with(stockLogs(), "/etc/logrotate.d/x", "/var/log/apache2/access.log {\n}\n", "/etc/logrotate.d/apache2", ""), map[string]string{"ps": systemdRuns, "logs": seen}), access, set(access, "28", "35", "9", "7")},
		"no stanza":                       {logHost(true, with(stockLogs(), "/etc/logrotate.d/apache2", ""), map[string]string{"ps": systemdRuns, "logs": seen}), access, set(access, never(), never(), "unresolved log_not_seen", never())},
		"wrong stanza":                    {logHost(true, with(stockLogs(), "/etc/logrotate.d/apache2", "/var/log/apache2/*.log {\n rotate x\n}\n"), map[string]string{"ps": systemdRuns, "logs": seen}), access, set(access, never(), never(), "unresolved log_not_seen", never())},
		"cron where systemd does not run": {logHost(true, stockLogs(), map[string]string{"ps": initRuns, "logs": seen}), access, set(access, "14", "15", "9", "1")},
		"nothing runs it":                 {logHost(true, stockLogs(), map[string]string{"ps": "1 0 999 init\n", "logs": seen}), access, set(access, "unresolved log_rotation_not_run", never(), "9", never())},
		"the timer is masked":             {logHost(true, with(stockLogs(), "/etc/systemd/system/logrotate.timer", "->/dev/null"), map[string]string{"ps": systemdRuns, "logs": seen}), access, set(access, "unresolved log_rotation_not_run", never(), "9", never())},
		"idle and kept too long":          {logHost(true, stockLogs(), map[string]string{"ps": systemdRuns, "logs": seen + "90 " + daysAgo(400) + " /var/log/apache2/access.log.14.gz\n"}), access, set(access, "14", never(), "400", "1")},
		"kept too long":                   {logHost(true, stockLogs(), map[string]string{"ps": systemdRuns, "logs": "9 " + daysAgo(900) + " /var/log/dpkg.log.12.gz\n"}), "log//var/log/dpkg.log", set("log//var/log/dpkg.log", "365", "unresolved log_older_than_rotation", "900", "31")},
		"the time of the first line":      {logHost(true, stockLogs(), map[string]string{"ps": systemdRuns, "logs": seen, "logs-first": "2026-11-11T00:00:00 /var/log/apache2/access.log.9.gz\n"}), access, set(access, "14", "15", "10", "1")},
		"a first line in another zone":    {logHost(true, with(stockLogs(), "/etc/localtime", "->/usr/share/zoneinfo/Europe/Berlin"), map[string]string{"ps": systemdRuns, "logs": seen, "logs-first": "2026-11-11T06:00:00 /var/log/apache2/access.log.9.gz\n"}), access, set(access, "14", "15", "9", "1")},
		"a first line in UTC":             {logHost(true, with(stockLogs(), "/etc/localtime", "->/usr/share/zoneinfo/Etc/UTC"), map[string]string{"ps": systemdRuns, "logs": seen, "logs-first": "2026-11-11T06:00:00 /var/log/apache2/access.log.9.gz\n"}), access, set(access, "14", "15", "10", "1")},
		"cPanel's own":                    {logHost(true, stockLogs(), map[string]string{"ps": systemdRuns, "logs": "9 " + daysAgo(3) + " /usr/local/cpanel/logs/access_log\n"}), "log//usr/local/cpanel/logs/access_log", set("log//usr/local/cpanel/logs/access_log", "unresolved log_rotated_by_size", "unresolved log_rotated_by_size", "3", "unresolved log_rotated_by_size")},
		"the journal":                     {logHost(true, stockLogs(), map[string]string{"ps": systemdRuns, "logs": seen}), "log/journal", set("log/journal", "0", "unresolved log_limited_by_size", "unresolved log_not_seen", "unresolved log_limited_by_size")},
		"a journal on disk":               {logHost(true, with(stockLogs(), "/etc/systemd/journald.conf", "[Journal]\nMaxRetentionSec=30day\nMaxFileSec=1day\n"), map[string]string{"ps": systemdRuns, "logs": "9 1 /var/log/journal/x/system.journal\n"}), "log/journal", set("log/journal", "unresolved log_limited_by_size", "31", "unresolved log_not_seen", "1")},
		"the audit":                       {logHost(true, with(stockLogs(), "/etc/audit/auditd.conf", "max_log_file_action = ROTATE\nnum_logs = 5\n"), map[string]string{"ps": systemdRuns, "logs": seen}), "log//var/log/audit/audit.log", set("log//var/log/audit/audit.log", "unresolved log_rotated_by_size", "unresolved log_rotated_by_size", "unresolved log_not_seen", "unresolved log_rotated_by_size")},
		"an audit that keeps all":         {logHost(true, with(stockLogs(), "/etc/audit/auditd.conf", "max_log_file_action = keep_logs\n"), map[string]string{"ps": systemdRuns, "logs": seen}), "log//var/log/audit/audit.log", set("log//var/log/audit/audit.log", never(), never(), "unresolved log_not_seen", "unresolved log_rotated_by_size")},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(settingsOf(logRotations(), tt.host, tt.address), tt.want); diff != "" {
				t.Errorf("(-got +want)\n%s", diff)
			}
		})
	}
}

func TestLogsThatCouldNotBeReadAreGaps(t *testing.T) {
	t.Parallel()
	m := capture.MemoryOf(nil)
	m.Add("/etc/logrotate.d/secret", capture.Info{Mode: 0o600}, nil, capture.ErrRedacted)
	m.Add("/etc/logrotate.conf", capture.Info{Mode: 0o644, Size: 30}, []byte("include /etc/logrotate.d\n"), nil)
	for name, c := range map[string]*capture.Capture{
		"nothing was collected": capture.Taken(capture.Capture{}, capture.NewMemory(), nil),
		"no list of logs":       capture.Taken(capture.Capture{Live: true}, m, nil),
	} {
		h := &host{Capture: c, place: evidence.Place{Host: c.Host}, found: map[evidence.Kind]int{}}
		logRotations().read(h)
		if len(h.gaps) == 0 {
			t.Errorf("%s: no gap", name)
		}
	}
	c := logHost(true, nil, map[string]string{"ps": systemdRuns, "logs": "9 " + daysAgo(3) + " /var/log/a.log\n"})
	c = capture.Taken(*c, m, map[string]capture.Command{"logs": {Out: []byte("9 " + daysAgo(3) + " /var/log/a.log\n")}})
	got := settingsOf(logRotations(), c, "log//var/log/a.log")
	want := map[string]string{"name": "/var/log/a.log", "kept_min_days": "unresolved host_redacted", "kept_max_days": "unresolved host_redacted", "period_days": "unresolved host_redacted", "oldest_days": "3"}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("a log that a file which was not read may name (-got +want)\n%s", diff)
	}
}

func TestNamesOfLogsAreUnique(t *testing.T) {
	t.Parallel()
	files := with(stockLogs(), "/etc/audit/auditd.conf", "num_logs = 5\n", "/etc/logrotate.d/audit", "/var/log/audit/audit.log /var/log/a /var/log/a {\n rotate 3\n}\n",
		"/etc/apache2/apache2.conf", "CustomLog \"|rotatelogs -n 3 /var/log/e 60\" x\nCustomLog /var/log/e x\nErrorLog /var/log/audit/audit.log\nCustomLog /var/log/a x\n")
	h := &host{Capture: logHost(true, files, map[string]string{"ps": systemdRuns, "logs": "9 1 /var/log/a\n9 1 /var/log/a.1\n9 1 /var/log/audit/audit.log\n"}), found: map[evidence.Kind]int{}}
	logRotations().read(h)
	seen := map[string]bool{}
	for _, f := range h.facts {
		if seen[f.ID] {
			t.Errorf("%s is there twice", f.ID)
		}
		seen[f.ID] = true
	}
	if len(seen) < 5 {
		t.Errorf("got %d facts", len(seen))
	}
}

func TestBase(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/var/log/a.log": "/var/log/a.log", "/var/log/a.log.1": "/var/log/a.log", "/var/log/a.log.12.gz": "/var/log/a.log", "/var/log/a.log-20261121": "/var/log/a.log",
		"/var/log/a.log-20261121.xz": "/var/log/a.log", "/var/log/a.2026-11-21": "/var/log/a", "/var/log/a.gz": "/var/log/a", "/var/log/ha2": "/var/log/ha2", "/var/log/.1": "/var/log/.1",
	} {
		if got := base(path); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
}
