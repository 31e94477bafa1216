package server

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

func TestSystemLog(t *testing.T) {
	t.Parallel()
	settings := func(persistent, auditing, immutable, synchronised string) map[string]string {
		return map[string]string{"persistent": persistent, "auditing": auditing, "audit_immutable": immutable, "time_synchronised": synchronised}
	}
	const enabled = "-> x"
	wants := "/etc/systemd/system/multi-user.target.wants/"
	rsyslogOn := func(files map[string]string) map[string]string {
		return with(files, "/etc/rsyslog.conf", "*.* /var/log/syslog\n", "/usr/lib/systemd/system/rsyslog.service", "[Service]\n[Install]\nWantedBy=multi-user.target\n", wants+"rsyslog.service", enabled)
	}
	chronyOn := func(files map[string]string) map[string]string {
		return with(files, "/etc/chrony/chrony.conf", "confdir /etc/chrony/conf.d\nsourcedir /etc/chrony/sources.d\n", "/etc/chrony/conf.d/a.conf", "pool 2.debian.pool.ntp.org iburst\n",
			"/usr/lib/systemd/system/chrony.service", "[Service]\n[Install]\nWantedBy=multi-user.target\n", wants+"chrony.service", enabled)
	}
	tests := map[string]struct {
		host *capture.Capture
		want map[string]string
	}{
		"nothing there":           {logHost(false, nil, nil), settings("false", "false", "false", "false")},
		"nothing collected":       {capture.Taken(capture.Capture{}, capture.NewMemory(), nil), settings("unresolved host_not_collected", "unresolved host_not_collected", "unresolved host_not_collected", "unresolved host_not_collected")},
		"rsyslog and chrony":      {logHost(false, chronyOn(rsyslogOn(map[string]string{})), nil), settings("true", "false", "false", "true")},
		"rsyslog does not run":    {logHost(true, rsyslogOn(map[string]string{}), map[string]string{"ps": "1 0 9 init\n", "logs": ""}), settings("false", "false", "false", "false")},
		"rsyslog runs":            {logHost(true, rsyslogOn(map[string]string{}), map[string]string{"ps": "1 0 9 init\n5 1 9 rsyslogd\n"}), settings("true", "false", "false", "false")},
		"chrony without a source": {logHost(false, with(chronyOn(map[string]string{}), "/etc/chrony/conf.d/a.conf", "# pool x\n"), nil), settings("false", "false", "false", "false")},
		"a journal on disk":       {logHost(true, with(map[string]string{}, "/etc/systemd/journald.conf", "[Journal]\nStorage=persistent\n"), map[string]string{"ps": systemdRuns}), settings("true", "false", "false", "false")},
		"a journal in memory":     {logHost(true, nil, map[string]string{"ps": systemdRuns, "logs": ""}), settings("false", "false", "false", "false")},
		"the kernel says":         {logHost(true, nil, map[string]string{"ps": initish, "auditctl-s": "enabled 2\n", "auditctl-l": "-w /etc/passwd -p wa\n"}), settings("false", "true", "true", "false")},
		"no rules":                {logHost(true, nil, map[string]string{"ps": initish, "auditctl-s": "enabled 1\n", "auditctl-l": "No rules\n"}), settings("false", "false", "false", "false")},
		"rules in files":          {logHost(false, map[string]string{"/etc/audit/auditd.conf": "x = y\n", "/etc/audit/rules.d/a.rules": "-w /x\n-e 2\n", "/usr/lib/systemd/system/auditd.service": "[Service]\n", wants + "auditd.service": enabled}, nil), settings("false", "true", "true", "false")},
		"the clock is right":      {logHost(true, nil, map[string]string{"ps": initish, "timedatectl": "NTP=yes\nNTPSynchronized=yes\n"}), settings("false", "false", "false", "true")},
		"the clock is not":        {logHost(true, chronyOn(map[string]string{}), map[string]string{"ps": initish, "timedatectl": "NTP=yes\nNTPSynchronized=no\n"}), settings("false", "false", "false", "false")},
		"chrony follows":          {logHost(true, nil, map[string]string{"ps": initish, "chronyc-tracking": "C0A80001,192.168.0.1,3,1,2,3,4,5,6,7,8,9,10,Normal\n"}), settings("false", "false", "false", "true")},
		"chrony does not":         {logHost(true, nil, map[string]string{"ps": initish, "chronyc-tracking": "7F7F0101,,0,0.0,0,0,0,0,0,0,1,1,0,Not synchronised\n"}), settings("false", "false", "false", "false")},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(settingsOf(systemLogs(), tt.host, "system_log"), tt.want); diff != "" {
				t.Errorf("(-got +want)\n%s", diff)
			}
		})
	}
}

// initish is a host on which systemd does not run.
const initish = "1 0 9 init\n"

func TestRefusedAuditIsDenied(t *testing.T) {
	t.Parallel()
	c := logHost(true, nil, map[string]string{"ps": initish})
	c = capture.Taken(capture.Capture{Live: true}, c, map[string]capture.Command{"auditctl-s": {Line: "auditctl -s", Exit: 4, Err: []byte("You must be root")}, "ps": {Out: []byte(initish)}})
	if got := settingsOf(systemLogs(), c, "system_log")["auditing"]; got != "denied host_refused" {
		t.Errorf("got %s, want denied", got)
	}
}

func TestForwarding(t *testing.T) {
	t.Parallel()
	conf := "global(DefaultNetstreamDriver=\"gtls\")\n*.* @log.example.com\naction(type=\"omfwd\" target=\"safe.example.com\" port=\"6514\" protocol=\"tcp\" StreamDriverMode=\"1\" StreamDriverAuthMode=\"x509/name\")\n"
	files := map[string]string{"/etc/rsyslog.conf": conf, "/etc/systemd/journal-upload.conf": "[Upload]\nURL=https://u:secret@up.example.com\n", "/usr/lib/systemd/system/systemd-journal-upload.service": "[Service]\n[Install]\nWantedBy=multi-user.target\n",
		"/etc/systemd/system/multi-user.target.wants/systemd-journal-upload.service": "-> x"}
	on := logHost(true, files, map[string]string{"ps": "1 0 9 init\n5 1 9 rsyslogd\n6 1 9 systemd-journal-upload\n"})
	want := map[string]map[string]string{
		"forwarding/log.example.com":       {"encrypted": "false", "authenticated": "false"},
		"forwarding/safe.example.com:6514": {"encrypted": "true", "authenticated": "true"},
		"forwarding/journal-upload":        {"encrypted": "true", "authenticated": "true"},
	}
	for address, settings := range want {
		if diff := cmp.Diff(settingsOf(logForwardings(), on, address), settings); diff != "" {
			t.Errorf("%s (-got +want)\n%s", address, diff)
		}
	}
	off := logHost(true, files, map[string]string{"ps": "1 0 9 init\n"})
	if got := settingsOf(logForwardings(), off, "forwarding/log.example.com"); len(got) != 0 {
		t.Errorf("a daemon that does not run sends %v", got)
	}
	h := &host{Capture: capture.Taken(capture.Capture{}, capture.NewMemory(), nil), found: map[evidence.Kind]int{}}
	if logForwardings().read(h); len(h.gaps) == 0 {
		t.Error("what was not collected is no gap")
	}
}
