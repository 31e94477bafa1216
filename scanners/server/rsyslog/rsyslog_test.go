package rsyslog_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/against"
	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/rsyslog"
)

func file(line int, name string) rsyslog.Action {
	return rsyslog.Action{Place: rsyslog.Place{File: rsyslog.MainFile, Line: line}, Kind: "file", Target: name}
}

func forward(line int, host, port string, encrypted, authenticated rsyslog.Answer) rsyslog.Action {
	return rsyslog.Action{Place: rsyslog.Place{File: rsyslog.MainFile, Line: line}, Kind: "forward", Target: host, Port: port, Encrypted: encrypted, Authenticated: authenticated}
}

// rules are configurations and their actions.
func rules() map[string]struct {
	text string
	want []rsyslog.Action
} {
	type test = struct {
		text string
		want []rsyslog.Action
	}
	yes, no := rsyslog.Yes, rsyslog.No
	gtls := "$DefaultNetstreamDriver gtls\n$ActionSendStreamDriverMode 1\n"
	return map[string]test{
		"files":                   {"# x\n*.*;auth,authpriv.none\t\t-/var/log/syslog\nauth,authpriv.*  /var/log/auth.log;tpl # who\n", []rsyslog.Action{file(2, "/var/log/syslog"), file(3, "/var/log/auth.log")}},
		"users":                   {"*.emerg :omusrmsg:*\n", nil},
		"udp":                     {"*.* @log.example.com:514\n", []rsyslog.Action{forward(1, "log.example.com", "514", no, no)}},
		"tcp":                     {"*.* @@(o)log.example.com\n", []rsyslog.Action{forward(1, "log.example.com", "", no, no)}},
		"tls of old":              {gtls + "$ActionSendStreamDriverAuthMode x509/name\n$ActionSendStreamDriverPermittedPeer *.example.com\n*.* @@log.example.com:6514\n", []rsyslog.Action{forward(5, "log.example.com", "6514", yes, yes)}},
		"tls that checks nothing": {gtls + "$ActionSendStreamDriverAuthMode anon\n*.* @@log.example.com:6514\n", []rsyslog.Action{forward(4, "log.example.com", "6514", yes, no)}},
		"mode below the action":   {"*.* @@log.example.com:6514\n" + gtls, []rsyslog.Action{forward(1, "log.example.com", "6514", no, no)}},
		"tls over udp":            {gtls + "*.* @log.example.com\n", []rsyslog.Action{forward(3, "log.example.com", "", no, no)}},
		"ipv6":                    {"*.* @@[2001:db8::1]:514\n", []rsyslog.Action{forward(1, "2001:db8::1", "514", no, no)}},
		"action over lines":       {"*.* action(type=\"omfwd\" target=\"log.example.com\" port=\"6514\"\n  protocol=\"tcp\" StreamDriver=\"gtls\"\n  StreamDriverMode=\"1\" StreamDriverAuthMode=\"x509/name\")\n", []rsyslog.Action{forward(1, "log.example.com", "6514", yes, yes)}},
		"action without a mode":   {"action(type=\"omfwd\" target=\"a\" protocol=\"tcp\" StreamDriver=\"gtls\")\n", []rsyslog.Action{forward(1, "a", "", no, no)}},
		"global below the action": {"action(type=\"omfwd\" target=\"a\" protocol=\"tcp\" StreamDriverMode=\"1\")\nglobal(DefaultNetstreamDriver=\"gtls\")\n", []rsyslog.Action{forward(1, "a", "", yes, yes)}},
		"mode without a driver":   {"action(type=\"omfwd\" target=\"a\" protocol=\"tcp\" StreamDriverMode=\"1\")\n", []rsyslog.Action{forward(1, "a", "", "", "")}},
		"block":                   {"if $programname == 'x' then {\n  action(type=\"omfile\" file=\"/var/log/x.log\")\n  stop\n}\n", []rsyslog.Action{file(2, "/var/log/x.log")}},
		"condition":               {"if $msg contains 'a' then /var/log/a.log\n& stop\n", []rsyslog.Action{file(1, "/var/log/a.log")}},
		"property":                {":msg, contains, \"a b\" /var/log/a.log\n& @@log.example.com\n", []rsyslog.Action{file(1, "/var/log/a.log"), forward(2, "log.example.com", "", no, no)}},
		"brackets in a string":    {"template(name=\"t\" type=\"string\" string=\"%msg% ) #\\n\")\n*.* /var/log/a\n", []rsyslog.Action{file(2, "/var/log/a")}},
		"comments":                {"/* *.* @log\n */\n#*.* @log\nmodule(load=\"imuxsock\") # x\n", nil},
	}
}

func TestActions(t *testing.T) {
	t.Parallel()
	for name, tt := range rules() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := rsyslog.Load(capture.MemoryOf(map[string]string{rsyslog.MainFile: tt.text}), rsyslog.MainFile)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.Actions, tt.want); diff != "" {
				t.Errorf("(-got +want)\n%s", diff)
			}
			if len(c.Opaque) != 0 {
				t.Errorf("not understood: %v", c.Opaque)
			}
		})
	}
}

// TestAgainstRsyslog holds the configurations of the table to what rsyslogd accepts: they are no inventions.
func TestAgainstRsyslog(t *testing.T) {
	t.Parallel()
	program := against.Daemon(t, "rsyslogd")
	for name, tt := range rules() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conf := filepath.Join(t.TempDir(), "rsyslog.conf")
			text := strings.ReplaceAll(tt.text, ";tpl", ";RSYSLOG_FileFormat")
			if err := os.WriteFile(conf, []byte("module(load=\"imuxsock\" SysSock.Use=\"off\")\n"+text), 0o600); err != nil {
				t.Fatal(err)
			}
			out, err := exec.CommandContext(t.Context(), program, "-N1", "-f", conf).CombinedOutput()
			if err != nil && !strings.Contains(string(out), "gtls") && !strings.Contains(string(out), "already in this config") {
				t.Errorf("rsyslogd: %v\n%s", err, out)
			}
		})
	}
}

func TestIncludes(t *testing.T) {
	t.Parallel()
	m := capture.MemoryOf(map[string]string{
		rsyslog.MainFile: "$IncludeConfig /etc/rsyslog.d/*.conf\ninclude(file=\"/etc/more.conf\" mode=\"optional\")\n", "/etc/rsyslog.d/b.conf": "*.* /b\n",
		"/etc/rsyslog.d/a.conf": "*.* /a\n$IncludeConfig /etc/rsyslog.d/a.conf\n", "/etc/more.conf": "*.* /c\n",
	})
	c, err := rsyslog.Load(m, rsyslog.MainFile)
	if err != nil {
		t.Fatal(err)
	}
	if first, last := c.Actions[0].Target, c.Actions[len(c.Actions)-1].Target; first != "/a" || last != "/c" || len(c.Unread) != 1 {
		t.Errorf("got %s to %s, unread %v", first, last, c.Unread)
	}
}

func FuzzParseRsyslog(f *testing.F) {
	for _, r := range rules() {
		f.Add(r.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := rsyslog.Load(capture.MemoryOf(map[string]string{rsyslog.MainFile: text}), rsyslog.MainFile)
		if err != nil {
			return
		}
		lines := strings.Count(text, "\n") + 1
		for _, a := range c.Actions {
			if a.Line < 1 || a.Line > lines {
				t.Errorf("%+v of %d lines", a, lines)
			}
			if a.Authenticated == rsyslog.Yes && a.Encrypted != rsyslog.Yes {
				t.Errorf("%+v is authenticated and not encrypted", a)
			}
		}
	})
}
