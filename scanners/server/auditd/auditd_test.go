package auditd_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/auditd"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

func TestLoad(t *testing.T) {
	t.Parallel()
	const log = "/var/log/audit/audit.log"
	action := func(v string) auditd.Setting { return auditd.Setting{Key: "max_log_file_action", Value: v, Line: 1} }
	tests := map[string]struct {
		text string
		want auditd.Config
	}{
		"Debian's":                  {"max_log_file_action = ROTATE\nnum_logs = 5\nspace_left_action = SYSLOG\nlog_file = " + log, auditd.Config{LogFile: log, Writes: true, Action: action("ROTATE")}},
		"all are kept":              {"max_log_file_action = keep_logs\n", auditd.Config{LogFile: log, Writes: true, Growing: true, Action: action("keep_logs")}},
		"kept while there is space": {"max_log_file_action = keep_logs\nspace_left_action = rotate\n", auditd.Config{LogFile: log, Writes: true, Growing: true, Lossy: true, Action: action("keep_logs")}},
		"one log alone":             {"max_log_file_action = rotate\nnum_logs = 1\n", auditd.Config{LogFile: log, Writes: true, Growing: true, Action: action("rotate")}},
		"nothing set":               {"# max_log_file_action = rotate\n", auditd.Config{LogFile: log, Writes: true, Growing: true}},
		"no log":                    {"max_log_file_action = rotate\nnum_logs = 5\nwrite_logs = no\n", auditd.Config{LogFile: log, Action: action("rotate")}},
		"a program":                 {"max_log_file_action = exec /x\n", auditd.Config{LogFile: log, Writes: true, Action: action("exec /x"), Unsure: []auditd.Setting{action("exec /x")}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := auditd.Load(capture.MemoryOf(map[string]string{auditd.ConfigFile: tt.text}))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(got, tt.want); diff != "" {
				t.Errorf("(-got +want)\n%s", diff)
			}
		})
	}
}

func TestLoadRules(t *testing.T) {
	t.Parallel()
	const d = "/etc/audit/rules.d/"
	tests := map[string]struct {
		files map[string]string
		want  auditd.Rules
	}{
		"Debian's":     {map[string]string{d + "audit.rules": "-D\n-b 8192\n-f 1\n", "/etc/audit/audit.rules": "-w /x\n"}, auditd.Rules{Enabled: true}},
		"in order":     {map[string]string{d + "10.rules": "-w /a -p wa\n", d + "20.rules": "-D\n-a always,exit -S all\n", d + "99.rules": "-e 2\n-w /late\n", d + "x.txt": "-w /no\n"}, auditd.Rules{Count: 1, Enabled: true, Immutable: true, File: d + "99.rules", Line: 1}},
		"the one file": {map[string]string{"/etc/audit/audit.rules": "# x\n-w /a\n-w /b\n"}, auditd.Rules{Count: 2, Enabled: true, File: "/etc/audit/audit.rules", Line: 3}},
		"switched off": {map[string]string{d + "a.rules": "-w /a\n-e 0\n"}, auditd.Rules{Count: 1, File: d + "a.rules", Line: 2}},
		"nothing":      {nil, auditd.Rules{Enabled: true}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := auditd.LoadRules(capture.MemoryOf(tt.files))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(got, tt.want); diff != "" {
				t.Errorf("(-got +want)\n%s", diff)
			}
		})
	}
}

func TestWhatAuditctlSays(t *testing.T) {
	t.Parallel()
	if n, ok := auditd.Status([]byte("enabled 2\nfailure 1\npid 12\n")); n != 2 || !ok {
		t.Errorf("got %d %v", n, ok)
	}
	if _, ok := auditd.Status([]byte("Error - nothing\n")); ok {
		t.Error("an error has a status")
	}
	if n := auditd.Loaded([]byte("-w /etc/passwd -p wa\n-a always,exit -S adjtimex\n")); n != 2 {
		t.Errorf("got %d rules", n)
	}
	if n := auditd.Loaded([]byte("No rules\n")); n != 0 {
		t.Errorf("got %d rules of none", n)
	}
}

func FuzzParseAuditd(f *testing.F) {
	f.Add("max_log_file_action = ROTATE\nnum_logs = 5\n", "-D\n-w /x\n-e 2\n")
	f.Fuzz(func(t *testing.T, conf, rules string) {
		m := capture.MemoryOf(map[string]string{auditd.ConfigFile: conf, "/etc/audit/rules.d/a.rules": rules})
		if c, err := auditd.Load(m); err == nil && c.Growing && len(c.Unsure) > 0 {
			t.Errorf("%+v is sure and not", c)
		}
		if r, err := auditd.LoadRules(m); err == nil && r.Immutable && !r.Enabled {
			t.Errorf("%+v is off for good", r)
		}
	})
}
