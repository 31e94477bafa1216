package server

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// apacheLogs is a host with Debian's logs and an httpd with these lines, on which a cron job runs.
func apacheLogs(lines, job, seen string) *capture.Capture {
	files := with(stockLogs(), "/etc/apache2/apache2.conf", "ServerRoot /etc/apache2\n"+lines)
	if job != "" {
		files = with(files, "/etc/cron.d/clean", job)
	}
	return logHost(true, files, map[string]string{"ps": systemdRuns, "logs": seen})
}

func TestWrittenLogs(t *testing.T) {
	t.Parallel()
	const unseen, empty = "unresolved log_not_seen", "unresolved log_without_records"
	set := func(name, minimum, maximum, oldest, period string) map[string]string {
		return map[string]string{"name": name, "kept_min_days": minimum, "kept_max_days": maximum, "oldest_days": oldest, "period_days": period}
	}
	const daily, find = "/var/log/w/a.%Y%m%d", "17 3 * * * root find /var/log/w -type f -mtime +30 -delete\n"
	pipe := "CustomLog \"|/usr/bin/rotatelogs /var/log/w/a.%Y%m%d 86400\" common\n"
	postgres := func(more string) *capture.Capture {
		return logHost(true, with(stockLogs(), "/etc/postgresql/15/main/postgresql.conf", "data_directory = '/srv/pg'\n"+more, "/etc/logrotate.d/pg", "/var/log/postgresql/*.log {\n weekly\n rotate 10\n}\n"), map[string]string{"ps": systemdRuns, "logs": ""})
	}
	tests := map[string]struct {
		host *capture.Capture
		name string
		want map[string]string
	}{
		"a stanza matches":               {apacheLogs("CustomLog /var/log/apache2/own.log common\n", "", ""), "/var/log/apache2/own.log", set("/var/log/apache2/own.log", "14", "15", empty, "1")},
		"no stanza matches":              {apacheLogs("<VirtualHost *:80>\nCustomLog /srv/site/logs/own.log common\n</VirtualHost>\n", "", ""), "/srv/site/logs/own.log", set("/srv/site/logs/own.log", never(), never(), unseen, never())},
		"piped":                          {apacheLogs(pipe, "", ""), daily, set(daily, never(), never(), unseen, "1")},
		"piped, and files were seen":     {apacheLogs(pipe, "", "9 "+daysAgo(40)+" /var/log/w/a.20261012\n9 "+daysAgo(3)+" /var/log/w/a.20261118\n"), daily, set(daily, never(), never(), "40", "1")},
		"piped, and a job removes":       {apacheLogs(pipe, find, ""), daily, set(daily, "31", "33", unseen, "1")},
		"piped, and a job removes other": {apacheLogs(pipe, "17 3 * * * root find /var/log/v -mtime +30 -delete\n", ""), daily, set(daily, never(), never(), unseen, "1")},
		"piped, and a job may remove":    {apacheLogs(pipe, "17 3 * * * root find /var/log/w -atime +30 -delete\n", ""), daily, set(daily, "unresolved log_removed_by_job", "unresolved log_removed_by_job", unseen, "1")},
		"piped to five files":            {apacheLogs("ErrorLog \"|/usr/bin/rotatelogs -n 5 /var/log/w/e 604800\"\n", "", ""), "/var/log/w/e", set("/var/log/w/e", "28", "35", empty, "7")},
		"piped, and rotated again":       {apacheLogs("ErrorLog \"|/usr/bin/rotatelogs /var/log/apache2/e.%Y.log 86400\"\n", "", ""), "/var/log/apache2/e.%Y.log", set("/var/log/apache2/e.%Y.log", "unresolved log_rotated_twice", "unresolved log_rotated_twice", unseen, "1")},
		"a job removes rotated files":    {apacheLogs("CustomLog /var/log/apache2/own.log common\n", "1 1 * * * root find /var/log/apache2 -mtime +3 -delete\n", ""), "/var/log/apache2/own.log", set("/var/log/apache2/own.log", "4", "6", empty, "1")},
		"a job may remove rotated files": {apacheLogs("CustomLog /var/log/apache2/own.log common\n", "1 1 * * * root rm /var/log/apache2/*.gz\n", ""), "/var/log/apache2/own.log", set("/var/log/apache2/own.log", "unresolved log_removed_by_job", "15", empty, "1")},
		"a job empties the log":          {apacheLogs("CustomLog /var/log/apache2/own.log common\n", "1 1 * * * root : > /var/log/apache2/own.log\n", ""), "/var/log/apache2/own.log", set("/var/log/apache2/own.log", "unresolved log_removed_by_job", "15", empty, "1")},
		"a job writes it anew":           {apacheLogs("", "1 1 * * * root backup > /var/log/mine.log\n", "9 "+daysAgo(3)+" /var/log/mine.log\n"), "/var/log/mine.log", set("/var/log/mine.log", "unresolved log_removed_by_job", "unresolved log_removed_by_job", unseen, never())},
		"a job removes of a pattern":     {apacheLogs("", "1 1 * * * root find /var/log/apache2 -mtime +3 -delete\n", ""), "/var/log/apache2/*.log", set("/var/log/apache2/*.log", "unresolved log_removed_by_job", "15", unseen, "1")},
		"an age in tmpfiles.d":           {logHost(true, with(stockLogs(), "/etc/tmpfiles.d/x.conf", "d /var/log/exim4 0750 - - 5d\n"), map[string]string{"ps": systemdRuns, "logs": ""}), "/var/log/exim4/mainlog", set("/var/log/exim4/mainlog", "unresolved log_removed_by_job", "11", empty, "1")},
		"through a link":                 {logHost(true, with(stockLogs(), "/etc/httpd/conf/httpd.conf", "ServerRoot /etc/httpd\nErrorLog logs/error_log\n", "/etc/httpd/logs", "->../../var/log/httpd", "/etc/logrotate.d/httpd", "/var/log/httpd/*log {\n daily\n rotate 3\n}\n"), map[string]string{"ps": systemdRuns, "logs": ""}), "/var/log/httpd/error_log", set("/var/log/httpd/error_log", "3", "4", empty, "1")},
		"nginx":                          {logHost(true, with(stockLogs(), "/etc/nginx/nginx.conf", "http { server { access_log /srv/n.log; } }\n"), map[string]string{"ps": systemdRuns, "logs": ""}), "/srv/n.log", set("/srv/n.log", never(), never(), unseen, never())},
		"exim":                           {logHost(true, stockLogs(), map[string]string{"ps": systemdRuns, "logs": "", "exim-bP": "log_file_path = /var/log/exim4/%slog\n"}), "/var/log/exim4/paniclog", set("/var/log/exim4/paniclog", never(), never(), empty, never())},
		"Postfix":                        {logHost(true, with(stockLogs(), "/etc/postfix/main.cf", "maillog_file = /srv/mail.log\n"), map[string]string{"ps": systemdRuns, "logs": ""}), "/srv/mail.log", set("/srv/mail.log", never(), never(), unseen, never())},
		"exim by the day":                {logHost(true, stockLogs(), map[string]string{"ps": systemdRuns, "logs": "", "exim-bP": "log_file_path = syslog : /var/log/exim/%s-%D.log\n"}), "/var/log/exim/main-%Y%m%d.log", set("/var/log/exim/main-%Y%m%d.log", never(), never(), unseen, "1")},
		"rsyslog":                        {logHost(true, with(stockLogs(), "/etc/rsyslog.conf", "*.* /srv/all\n"), map[string]string{"ps": systemdRuns + "9 1 9 rsyslogd\n", "logs": ""}), "/srv/all", set("/srv/all", never(), never(), unseen, never())},
		"PostgreSQL by Debian":           {postgres(""), "/var/log/postgresql/postgresql-15-main.log", set("/var/log/postgresql/postgresql-15-main.log", "70", "77", empty, "7")},
		"PostgreSQL's collector":         {postgres("logging_collector = on\n"), "/srv/pg/log/postgresql-%Y-%m-%d_%H%M%S.log", set("/srv/pg/log/postgresql-%Y-%m-%d_%H%M%S.log", never(), never(), unseen, "1")},
		"PostgreSQL by the week":         {postgres("logging_collector = on\nlog_filename = 'p-%a.log'\nlog_truncate_on_rotation = on\nlog_rotation_age = 1d\n"), "/srv/pg/log/p-%a.log", set("/srv/pg/log/p-%a.log", "6", "7", unseen, "1")},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(settingsOf(logRotations(), tt.host, "log/"+tt.name), tt.want); diff != "" {
				t.Errorf("(-got +want)\n%s", diff)
			}
		})
	}
}

// TestPositionsOfWrittenLogs holds that a fact shows the stanza and the line that names the log.
func TestPositionsOfWrittenLogs(t *testing.T) {
	t.Parallel()
	h := &host{Capture: apacheLogs("\nCustomLog /var/log/apache2/own.log common\nCustomLog /srv/own.log common\n", "", ""), found: map[evidence.Kind]int{}}
	logRotations().read(h)
	type place struct {
		file string
		line int
		role evidence.Role
	}
	got := map[string][]place{}
	for _, f := range h.facts {
		for _, p := range f.At {
			got[f.Address] = append(got[f.Address], place{p.File, p.StartLine, p.Role})
		}
	}
	for address, want := range map[string][]place{
		"log//var/log/apache2/own.log": {{"/etc/logrotate.d/apache2", 1, evidence.RoleDecides}, {"/etc/apache2/apache2.conf", 3, evidence.RoleCalls}},
		"log//srv/own.log":             {{"/etc/apache2/apache2.conf", 4, evidence.RoleCalls}},
	} {
		if diff := cmp.Diff(got[address], want, cmp.AllowUnexported(place{})); diff != "" {
			t.Errorf("%s (-got +want)\n%s", address, diff)
		}
	}
}

// TestLogsOfUnknownNamesAreGaps holds that a log whose name or program is not understood may be missing.
func TestLogsOfUnknownNamesAreGaps(t *testing.T) {
	t.Parallel()
	for name, lines := range map[string]string{"a program": "CustomLog \"|/opt/ship --to x\" common\n", "a variable": "CustomLog ${NOWHERE}/a.log common\n"} {
		h := &host{Capture: apacheLogs(lines, "", ""), found: map[evidence.Kind]int{}}
		if logRotations().read(h); len(h.gaps) == 0 {
			t.Errorf("%s: no gap", name)
		}
	}
	h := &host{Capture: apacheLogs("CustomLog \"|/usr/bin/logger -t x\" common\nErrorLog syslog\n", "", ""), found: map[evidence.Kind]int{}}
	if logRotations().read(h); len(h.gaps) > 0 {
		t.Errorf("the system's log: gaps %v", h.gaps)
	}
}

// TestStateOfRotation holds what logrotate's own notes say against what its configuration says.
func TestStateOfRotation(t *testing.T) {
	t.Parallel()
	const log = "log//var/log/apache2/access.log"
	tests := map[string]struct {
		state, seen, maximum string
		level                evidence.Level
	}{
		"on time, and as old as it must be": {`"/var/log/apache2/access.log" 2026-11-21-0:0:1`, "9 " + daysAgo(0) + " /var/log/apache2/access.log\n9 " + daysAgo(14) + " /var/log/apache2/access.log.14.gz\n", "15", evidence.LevelOperation},
		"on time, and not yet provable":     {`"/var/log/apache2/access.log" 2026-11-21-0:0:1`, "9 " + daysAgo(3) + " /var/log/apache2/access.log\n", "15", evidence.LevelImplementation},
		"late":                              {`"/var/log/apache2/access.log" 2026-11-11-0:0:1`, "9 " + daysAgo(1) + " /var/log/apache2/access.log\n", "unresolved log_rotation_late", evidence.LevelImplementation},
		"never, and old":                    {`"/var/log/other" 2026-11-21-0:0:1`, "9 " + daysAgo(9) + " /var/log/apache2/access.log\n", "unresolved log_never_rotated", evidence.LevelImplementation},
		"never, and new":                    {`"/var/log/other" 2026-11-21-0:0:1`, "9 " + daysAgo(1) + " /var/log/apache2/access.log\n", "15", evidence.LevelImplementation},
		"late, and empty":                   {`"/var/log/apache2/access.log" 2026-11-11-0:0:1`, "0 " + daysAgo(1) + " /var/log/apache2/access.log\n", "15", evidence.LevelImplementation},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := with(stockLogs(), "/var/lib/logrotate/status", "logrotate state -- version 2\n"+tt.state+"\n")
			c := logHost(true, files, map[string]string{"ps": systemdRuns, "logs": tt.seen})
			if got := settingsOf(logRotations(), c, log)["kept_max_days"]; got != tt.maximum {
				t.Errorf("got %s, want %s", got, tt.maximum)
			}
			h := &host{Capture: c, found: map[evidence.Kind]int{}}
			logRotations().read(h)
			for _, f := range h.facts {
				if f.Address == log && f.Source.Level != tt.level {
					t.Errorf("got level %s, want %s", f.Source.Level, tt.level)
				}
			}
		})
	}
}

// FuzzParseState holds that times are of years that are written with four digits.
func FuzzParseState(f *testing.F) {
	f.Add("logrotate state -- version 2\n\"/var/log/a\" 2026-11-21-0:0:5\n\"/b \\\" c\" 2026-1-2\n")
	f.Fuzz(func(t *testing.T, text string) {
		for name, at := range parseState(text) {
			if name == "" || at.Year() < 1970 || at.Year() > 10_000 {
				t.Errorf("%q: %s", name, at)
			}
		}
	})
}

func TestSyslogNGMayWriteLogsAnywhere(t *testing.T) {
	t.Parallel()
	for ps, want := range map[string]string{systemdRuns + "9 1 9 syslog-ng\n": "host_not_understood", systemdRuns: ""} {
		files := with(stockLogs(), "/etc/syslog-ng/syslog-ng.conf", "destination d { file(\"/srv/x\"); };\n")
		h := &host{Capture: logHost(true, files, map[string]string{"ps": ps, "logs": ""}), found: map[evidence.Kind]int{}}
		logRotations().read(h)
		if got := firstCode(h.gaps); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
