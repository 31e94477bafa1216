package server

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestJournalInMemory holds that a journal that is gone with a restart keeps nothing, unless rsyslog writes its records to files: then
// the logs are these files.
func TestJournalInMemory(t *testing.T) {
	t.Parallel()
	volatile := "[Journal]\nStorage=volatile\n"
	const runs = systemdRuns + "404 1 99999 rsyslogd /usr/sbin/rsyslogd -n\n"
	kept := map[string]string{"name": "journal", "kept_min_days": "0", "kept_max_days": "unresolved log_limited_by_size", "oldest_days": "unresolved log_not_seen", "period_days": "unresolved log_limited_by_size"}
	for name, test := range map[string]struct {
		rsyslog, processes string
		want               map[string]string
	}{
		"alone":                           {"", systemdRuns, kept},
		"with rsyslog that writes files":  {"*.* /var/log/syslog\n", runs, map[string]string{}},
		"with rsyslog that does not run":  {"*.* /var/log/syslog\n", systemdRuns, kept},
		"with rsyslog that only forwards": {"*.* @@logs.example.net\n", runs, kept},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := with(stockLogs(), "/etc/systemd/journald.conf", volatile, "/etc/rsyslog.conf", test.rsyslog)
			host := logHost(true, files, map[string]string{"ps": test.processes, "logs": ""})
			if diff := cmp.Diff(test.want, settingsOf(logRotations(), host, "log/journal")); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
