package logrotate_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/logrotate"
)

func load(files map[string]string, logs ...string) logrotate.Configuration {
	return logrotate.Load(capture.MemoryOf(files), logrotate.MainFile, logs, logrotate.VersionOf("3.21.0-1"))
}

// apache is Debian's configuration of Apache's logs, and its main file.
func apache() map[string]string {
	return map[string]string{
		"/etc/logrotate.conf": "# global\nweekly\nrotate 4\ncreate\n#dateext\ninclude /etc/logrotate.d\n",
		"/etc/logrotate.d/apache2": `/var/log/apache2/*.log {
	daily
	missingok
	rotate 14
	compress
	delaycompress
	notifempty
	create 640 root adm
	sharedscripts
	prerotate
		if [ -d /etc/logrotate.d/httpd-prerotate ]; then
			run-parts /etc/logrotate.d/httpd-prerotate
		fi
	endscript
	postrotate
		if pgrep -f ^/usr/sbin/apache2 > /dev/null; then
			invoke-rc.d apache2 reload 2>&1 | logger -t apache2.logrotate
		fi
	endscript
}
`,
		"/etc/logrotate.d/exim4-base": "/var/log/exim4/mainlog /var/log/exim4/rejectlog {\n\tdaily\n\tmissingok\n\trotate 10\n\tcompress\n\tdelaycompress\n\tnotifempty\n\tnocreate\n}\n",
		"/etc/logrotate.d/rsyslog":    "/var/log/syslog\n/var/log/mail.log\n{\n\tmissingok\n}\n",
	}
}

func TestLogsOfDebian(t *testing.T) {
	t.Parallel()
	c := load(apache(), "/var/log/apache2/access.log", "/var/log/apache2/error.log", "/var/log/syslog")
	if len(c.Problems) != 0 {
		t.Fatal(c.Problems)
	}
	got := map[string]logrotate.Kept{}
	for _, log := range []string{"/var/log/apache2/access.log", "/var/log/apache2/other.log", "/var/log/exim4/mainlog", "/var/log/mail.log"} {
		s, ok := c.Of(log)
		if !ok {
			t.Fatal("no stanza of", log)
		}
		got[log] = s.Keeps(logrotate.EveryDay(from()))
	}
	want := map[string]logrotate.Kept{
		"/var/log/apache2/access.log": {Min: 14, Max: 15}, "/var/log/apache2/other.log": {Min: 14, Max: 15},
		"/var/log/exim4/mainlog": {Min: 10, Max: 11}, "/var/log/mail.log": {Min: 28, Max: 35},
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("(-got +want)\n%s", diff)
	}
	for _, log := range []string{"/var/log/apache2/.hidden.log", "/var/log/apache2/a/b.log", "/var/log/other.log"} {
		if s, ok := c.Of(log); ok {
			t.Errorf("%s is rotated by %v", log, s.Place)
		}
	}
}

// heads are configurations and the stanzas that remain of them, each by its first pattern and its number of old logs.
func heads() map[string]struct {
	files map[string]string
	want  []string
} {
	const l, d = "/etc/logrotate.conf", "/etc/logrotate.d/"
	type test = struct {
		files map[string]string
		want  []string
	}
	return map[string]test{
		"brace on the line of a value":     {map[string]string{l: "/var/log/a { \n rotate 730 }\n/var/log/b {\n rotate 3\n}\n"}, nil},
		"brace after a flag":               {map[string]string{l: "/var/log/a { daily }\n/var/log/b {\n rotate 3\n}\n"}, []string{"/var/log/a 0", "/var/log/b 3"}},
		"brace glued to a flag":            {map[string]string{l: "/var/log/a {\n daily}\n/var/log/b {\n rotate 3\n}\n"}, nil},
		"wrong value":                      {map[string]string{l: "/var/log/a {\n rotate x\n}\n/var/log/b {\n rotate 3\n}\n"}, []string{"/var/log/b 3"}},
		"wrong value before a script":      {map[string]string{l: "/var/log/a {\n rotate x\n postrotate\n if true; then { echo; }; fi\n endscript\n}\n/var/log/b {\n rotate 3\n}\n"}, []string{"/var/log/b 3"}},
		"comment behind a value":           {map[string]string{l: "/var/log/a {\n rotate 7 # week\n}\n/var/log/b {\n rotate 3\n}\n"}, []string{"/var/log/b 3"}},
		"comment behind a flag":            {map[string]string{l: "/var/log/a {\n daily # week\n rotate 2\n}\n"}, []string{"/var/log/a 2"}},
		"wrong day":                        {map[string]string{l: "/var/log/a {\n weekly 9\n}\n/var/log/b {\n rotate 3\n}\n"}, nil},
		"wrong global value":               {map[string]string{l: "rotate x\n/var/log/a {\n}\n"}, nil},
		"unknown word":                     {map[string]string{l: "/var/log/a {\n frobnicate 7\n rotate 2\n}\n"}, []string{"/var/log/a 2"}},
		"equals signs":                     {map[string]string{l: "/var/log/a {\n rotate = 5\n}\n/var/log/b {\n rotate=6\n}\n"}, []string{"/var/log/a 5", "/var/log/b 6"}},
		"octal and hexadecimal":            {map[string]string{l: "/var/log/a {\n rotate 010\n}\n/var/log/b {\n rotate 0x10\n}\n"}, []string{"/var/log/a 8", "/var/log/b 16"}},
		"quoted names":                     {map[string]string{l: "\"/var/log/a b\" '/var/log/c' {\n rotate 1\n}\n"}, []string{"/var/log/a b 1", "/var/log/c 1"}},
		"comments among names":             {map[string]string{l: "/var/log/a\n# /var/log/x\n/var/log/b {\n rotate 1\n}\n"}, []string{"/var/log/a 1", "/var/log/b 1"}},
		"globals before and after":         {map[string]string{l: "rotate 1\n/var/log/a {\n}\nrotate 2\n/var/log/b {\n}\n"}, []string{"/var/log/a 1", "/var/log/b 2"}},
		"duplicate":                        {map[string]string{l: "/var/log/a {\n rotate 1\n}\n/var/log/a /var/log/b {\n rotate 2\n}\n"}, []string{"/var/log/a 1", "/var/log/b 2"}},
		"duplicate that is ignored":        {map[string]string{l: "/var/log/a {\n ignoreduplicates\n rotate 1\n}\n/var/log/a /var/log/b {\n rotate 2\n}\n"}, []string{"/var/log/a 1", "/var/log/b 2"}},
		"stanza in a stanza":               {map[string]string{l: "/var/log/a {\n rotate 1\n/var/log/b {\n}\n/var/log/c {\n rotate 3\n}\n"}, []string{"/var/log/c 3"}},
		"unexpected brace":                 {map[string]string{l: "}\n/var/log/a {\n rotate 1\n}\n"}, nil},
		"no brace":                         {map[string]string{l: "/var/log/a\n"}, nil},
		"script without an end":            {map[string]string{l: "/var/log/b {\n rotate 1\n}\n/var/log/a {\n postrotate\n x\n}\n"}, []string{"/var/log/b 1"}},
		"text after a brace":               {map[string]string{l: "/var/log/a {\n rotate 1\n} x\n/var/log/b {\n rotate 2\n}\n"}, []string{"/var/log/a 1", "/var/log/b 2"}},
		"stanza that does not end":         {map[string]string{l: "/var/log/a {\n rotate 1\n"}, []string{"/var/log/a 1"}},
		"directory in order":               {map[string]string{l: "include " + d + "\nrotate 9\n/var/log/z {\n}\n", d + "b": "/var/log/b {\n}\n", d + "a": "rotate 5\n/var/log/a {\n}\n"}, []string{"/var/log/a 5", "/var/log/b 5", "/var/log/z 9"}},
		"names that are left out":          {map[string]string{l: "include " + d + "\n", d + "a.dpkg-old": "/var/log/a {\n}\n", d + "b~": "/var/log/b {\n}\n", d + "c.conf": "/var/log/c {\n}\n", d + ".d": "/var/log/d {\n}\n"}, []string{"/var/log/d 0", "/var/log/c 0"}},
		"own names that are left out":      {map[string]string{l: "tabooext + .conf\ntaboopat x*\ninclude " + d + "\n", d + "xa": "/var/log/a {\n}\n", d + "b.conf": "/var/log/b {\n}\n", d + "c~": "/var/log/c {\n}\n"}, []string{"/var/log/b 0", "/var/log/c 0"}},
		"options of a wrong file are lost": {map[string]string{l: "rotate 1\ninclude " + d + "\n/var/log/z {\n}\n", d + "a": "rotate 5\n/var/log/a {\n}\nrotate x\n"}, []string{"/var/log/a 5", "/var/log/z 1"}},
		"missing include":                  {map[string]string{l: "include /etc/nothing\n/var/log/z {\n}\n"}, []string{"/var/log/z 0"}},
		"include in a stanza":              {map[string]string{l: "/var/log/z {\n include " + d + "a\n}\n", d + "a": "rotate 6\n"}, []string{"/var/log/z 6"}},
		"no values":                        {map[string]string{l: "/var/log/a {\n size\n olddir\n}\n/var/log/b {\n rotate\n}\n/var/log/c {\n}\n"}, []string{"/var/log/c 0"}},
		"several words on a line":          {map[string]string{l: "/var/log/a {\n daily compress rotate 4\n}\n"}, []string{"/var/log/a 4"}},
		"negative numbers":                 {map[string]string{l: "/var/log/a {\n rotate -1\n}\n/var/log/b {\n rotate -2\n}\n"}, []string{"/var/log/a -1"}},
	}
}

func TestIncludesThatNeverEnd(t *testing.T) {
	t.Parallel()
	text := ""
	for range 20 {
		text += "include /etc/logrotate.conf\ninclude /etc/logrotate.d\n"
	}
	c := load(map[string]string{logrotate.MainFile: text, "/etc/logrotate.d/a": text})
	if len(c.Problems) == 0 || len(c.Problems) > 1000 {
		t.Errorf("%d problems of %d files", len(c.Problems), len(c.Files))
	}
}

// TestLongLineOfNames: names are read once, though a line of them may be as long as the file.
func TestLongLineOfNames(t *testing.T) {
	t.Parallel()
	c := load(map[string]string{logrotate.MainFile: strings.Repeat("/var/log/a # ", 200_000) + "{\nrotate 3\n}\n"})
	if len(c.Stanzas) != 1 || len(c.Stanzas[0].Patterns) != 400_000 {
		t.Errorf("%d stanzas", len(c.Stanzas))
	}
}
