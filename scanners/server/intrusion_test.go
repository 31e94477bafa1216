package server

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// stockAIDE are the files of Debian's AIDE after its database was made.
func stockAIDE() map[string]string {
	return map[string]string{
		"/etc/aide/aide.conf":                                          "database_in=file:/var/lib/aide/aide.db\n",
		"/etc/default/aide":                                            "#CRON_DAILY_RUN=yes\nCOMMAND=update\n",
		"/var/lib/aide/aide.db":                                        "x",
		"/usr/lib/systemd/system/dailyaidecheck.timer":                 "[Timer]\nOnCalendar=*-*-* 01:50:00\nRandomizedDelaySec=2h\n[Install]\nWantedBy=timers.target\n",
		"/usr/lib/systemd/system/dailyaidecheck.service":               "[Service]\nType=oneshot\nExecStart=/usr/share/aide/bin/dailyaidecheck --systemdservice\n",
		"/etc/systemd/system/timers.target.wants/dailyaidecheck.timer": "-> x",
		"/etc/crontab":                                                 "25 6 * * * root run-parts --report /etc/cron.daily\n",
		"/etc/cron.daily/aide":                                         "#!/bin/sh\nif [ -d /run/systemd/system ]; then\n exit 0\nfi\nSCRIPT=\"/usr/share/aide/bin/dailyaidecheck\"\n\"${SCRIPT}\" --crondaily\n",
	}
}

func TestIntrusionDetector(t *testing.T) {
	t.Parallel()
	const timer = "/etc/systemd/system/timers.target.wants/dailyaidecheck.timer"
	rkhunter := map[string]string{"/etc/crontab": "25 6 * * * root run-parts /etc/cron.daily\n47 6 * * 7 root run-parts /etc/cron.weekly\n",
		"/etc/cron.daily/rkhunter":  "#!/bin/sh\nRKHUNTER=/usr/bin/rkhunter\n. /etc/default/rkhunter\ncase \"$CRON_DAILY_RUN\" in\n[YyTt]*)\n/usr/bin/nice -n $NICE $RKHUNTER --cronjob --report-warnings-only\n;;\nesac\n",
		"/etc/cron.weekly/rkhunter": "#!/bin/sh\nRKHUNTER=/usr/bin/rkhunter\n$RKHUNTER --update\n"}
	copied := func(files map[string]string, more ...string) map[string]string {
		all := map[string]string{}
		for name, text := range files {
			all[name] = text
		}
		return with(all, more...)
	}
	dpkg := "aide 0.18 installed amd64\nrkhunter 1.4 installed all\nchkrootkit 1 installed amd64\ntripwire 2 installed amd64\n"
	settings := func(active, last string) map[string]string {
		return map[string]string{"watches": "files", "active": active, "last_run_days": last}
	}
	running := func(commands ...string) map[string]string {
		return with(map[string]string{"dpkg": dpkg, "ps": systemdRuns, "logs": "9 " + daysAgo(3) + " /var/log/aide/aide.log\n9 " + daysAgo(1) + " /var/log/rkhunter.log\n0 " + daysAgo(0) + " /var/log/aide/aide.err\n"}, commands...)
	}
	const cron = cronish
	tests := map[string]struct {
		name string
		host *capture.Capture
		want map[string]string
	}{
		"AIDE as Debian has it":      {"aide", logHost(true, stockAIDE(), running()), settings("true", "3")},
		"its service ended later":    {"aide", logHost(true, stockAIDE(), running("systemctl-show", "Id=dailyaidecheck.service\nExecMainExitTimestamp=@"+daysAgo(2)+"\n")), settings("true", "2")},
		"without a database":         {"aide", logHost(true, with(stockAIDE(), "/var/lib/aide/aide.db", ""), running()), settings("false", "3")},
		"with one elsewhere":         {"aide", logHost(true, with(stockAIDE(), "/var/lib/aide/aide.db", "", "/etc/aide/aide.conf", "database_in = file:/srv/a.db\n", "/srv/a.db", "x"), running()), settings("true", "3")},
		"without its timer":          {"aide", logHost(true, with(stockAIDE(), timer, ""), running()), settings("false", "3")},
		"cron where systemd is not":  {"aide", logHost(true, with(stockAIDE(), timer, ""), running("ps", cron)), settings("true", "3")},
		"turned off":                 {"aide", logHost(true, with(stockAIDE(), "/etc/default/aide", "CRON_DAILY_RUN=\"no\"\n"), running()), settings("false", "3")},
		"a job of its own":           {"aide", logHost(true, map[string]string{"/etc/cron.d/aide": "0 4 * * * root /usr/bin/aide --check\n", "/var/lib/aide/aide.db.gz": "x"}, running("ps", cron, "logs", "")), settings("true", "unresolved last_run_not_seen")},
		"a job that makes it":        {"aide", logHost(true, map[string]string{"/etc/cron.d/aide": "0 4 * * * root aide --init\n", "/var/lib/aide/aide.db": "x"}, running("ps", cron)), settings("false", "3")},
		"an image":                   {"aide", logHost(false, with(stockAIDE(), "/usr/lib/systemd/systemd", "x"), map[string]string{"dpkg": dpkg, "logs": ""}), settings("true", "unresolved last_run_not_seen")},
		"rkhunter is off by default": {"rkhunter", logHost(true, copied(rkhunter, "/etc/default/rkhunter", "CRON_DAILY_RUN=\"\"\n"), running("ps", cron)), settings("false", "1")},
		"rkhunter is on":             {"rkhunter", logHost(true, copied(rkhunter, "/etc/default/rkhunter", "CRON_DAILY_RUN=\"true\"\n"), running("ps", cron)), settings("true", "1")},
		"rkhunter only updates":      {"rkhunter", logHost(true, copied(rkhunter, "/etc/cron.daily/rkhunter", ""), running("ps", cron)), settings("false", "1")},
		"chkrootkit is on":           {"chkrootkit", logHost(true, map[string]string{"/etc/cron.d/c": "@daily root chkrootkit-daily\n", "/etc/chkrootkit/chkrootkit.conf": "RUN_DAILY=\"true\"\n"}, running("ps", cron)), settings("true", "unresolved last_run_not_seen")},
		"chkrootkit is off":          {"chkrootkit", logHost(true, map[string]string{"/etc/cron.d/c": "@daily root chkrootkit-daily\n"}, running("ps", cron)), settings("false", "unresolved last_run_not_seen")},
		"tripwire":                   {"tripwire", logHost(true, map[string]string{"/etc/cron.d/t": "@daily root /usr/sbin/tripwire --check --quiet\n"}, running("ps", cron)), settings("true", "unresolved last_run_not_seen")},
		"an agent runs":              {"wazuh", logHost(true, nil, running("dpkg", "wazuh-agent 4 installed amd64\n", "ps", "5 1 9 wazuh-syscheckd\n")), settings("true", "0")},
		"an agent does not":          {"wazuh", logHost(true, nil, running("dpkg", "wazuh-agent 4 installed amd64\n")), settings("false", "unresolved last_run_not_seen")},
		"an agent of an image":       {"samhain", logHost(false, nil, map[string]string{"dpkg": "samhain 4 installed amd64\n"}), settings("false", "unresolved needs_live_source")},
		"fail2ban":                   {"fail2ban", logHost(true, nil, running("dpkg", "", "ps", "5 1 9 fail2ban-server\n")), map[string]string{"watches": "logs", "active": "true", "last_run_days": "0"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(settingsOf(intrusionDetectors(), tt.host, tt.name), tt.want); diff != "" {
				t.Errorf("(-got +want)\n%s", diff)
			}
		})
	}
}

func TestWhatHidesDetectors(t *testing.T) {
	t.Parallel()
	if codes, names := gapsOf(intrusionDetectors(), capture.Taken(capture.Capture{}, capture.NewMemory(), nil)); len(codes) != 1 || names != nil {
		t.Errorf("no list of packages: got %v %v", codes, names)
	}
	if codes, names := gapsOf(intrusionDetectors(), logHost(true, nil, map[string]string{"rpm": "nano 0:1-1 x86_64\n", "ps": initish})); codes != nil || names != nil {
		t.Errorf("nothing installed: got %v %v", codes, names)
	}
	if codes, _ := gapsOf(intrusionDetectors(), logHost(true, nil, map[string]string{"dpkg": "nano 1 installed all\n", "ps": "5 1 9 wdavdaemon\n"})); len(codes) != 1 {
		t.Errorf("another product: got %v", codes)
	}
	unread := capture.Taken(capture.Capture{Live: true}, capture.NewMemory("/usr"), map[string]capture.Command{"dpkg": output("aide 1 installed all\n"), "ps": output(cronish)})
	want := map[string]string{"watches": "files", "active": "unresolved host_not_collected", "last_run_days": "unresolved last_run_not_seen"}
	if diff := cmp.Diff(settingsOf(intrusionDetectors(), unread, "aide"), want); diff != "" {
		t.Errorf("tables of cron that were not collected (-got +want)\n%s", diff)
	}
}

const cronish = "1 0 900 init\n4 1 900 cron\n"

func TestDetectorsAreSorted(t *testing.T) {
	t.Parallel()
	if !slices.IsSortedFunc(detectors(), func(a, b detector) int { return strings.Compare(a.name, b.name) }) {
		t.Error("the list is not sorted by name")
	}
}
