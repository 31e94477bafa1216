package fail2ban

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/tomscan/tomscan/scanners/server/against"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

func TestLoad(t *testing.T) {
	c, err := Load(capture.MemoryOf(map[string]string{
		"/etc/fail2ban/jail.conf":          "[INCLUDES]\nbefore = paths.conf\n[DEFAULT]\nbantime = 10m\nmaxretry = 5\nbackend = auto\nenabled = false\n[sshd]\nbackend = %(sshd_backend)s\nlogpath = %(log)s\n",
		"/etc/fail2ban/paths.conf":         "[DEFAULT]\ndefault_backend = %(default/backend)s\nsshd_backend = %(default_backend)s\nlog = /var/log/auth.log\n",
		"/etc/fail2ban/paths.local":        "[DEFAULT]\nlog = /var/log/secure\n",
		"/etc/fail2ban/jail.d/debian.conf": "[sshd]\nenabled = true\n",
		"/etc/fail2ban/jail.local":         "[DEFAULT]\nbantime = 1h ; longer\nbackend = systemd\n",
		"/etc/fail2ban/jail.d/x.local":     "[sshd]\nmaxretry: 3\nignoreip = 127.0.0.1\n  ::1\n",
	}), "/etc/fail2ban")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"enabled": "true", "bantime": "1h", "backend": "systemd", "maxretry": "3", "logpath": "/var/log/secure", "ignoreip": "127.0.0.1\n::1"} {
		if o, ok := c.Get("sshd", name); !ok || o.Value != want {
			t.Errorf("%s is %q, want %q", name, o.Value, want)
		}
	}
	if jails := fmt.Sprint(c.Jails()); jails != "[sshd]" {
		t.Error(jails)
	}
}

// TestIncludesAreLinesOfPaths holds that an include may be absolute, or have blanks in its name.
// https://github.com/fail2ban/fail2ban/blob/master/fail2ban/client/configparserinc.py (__getIncludesUncached)
func TestIncludesAreLinesOfPaths(t *testing.T) {
	c, err := Load(capture.MemoryOf(map[string]string{
		"/f/jail.conf": "[INCLUDES]\nafter = /srv/x.conf\n  of us.conf\n[DEFAULT]\nbantime = 1h\nmaxretry = 5\n",
		"/srv/x.conf":  "[DEFAULT]\nbantime = 2h\n", "/f/of us.conf": "[DEFAULT]\nmaxretry = 3\n",
	}), "/f")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"bantime": "2h", "maxretry": "3"} {
		if o, _ := c.Get("sshd", name); o.Value != want {
			t.Errorf("%s is %q, want %q", name, o.Value, want)
		}
	}
}

func TestSpan(t *testing.T) {
	for text, want := range map[string]time.Duration{"600": 10 * time.Minute, "10m": 10 * time.Minute, "1h 30m": 90 * time.Minute, "1d": 24 * time.Hour, "-1": -time.Second, "1week": 7 * 24 * time.Hour} {
		if got, ok := Span(text); !ok || got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
	for _, text := range []string{"x", "1x", "m", "10m-"} {
		if got, ok := Span(text); ok {
			t.Errorf("%s: %v", text, got)
		}
	}
}

func TestValuesThatNameThemselvesEnd(t *testing.T) {
	c, err := Load(capture.MemoryOf(map[string]string{"/etc/fail2ban/jail.conf": "[INCLUDES]\nafter = jail.conf\n[DEFAULT]\na = %(b)s%(b)s\nb = %(a)s%(a)s\n"}), "/etc/fail2ban")
	if err == nil {
		if _, ok := c.Get("DEFAULT", "a"); ok {
			t.Error("it has a value")
		}
	}
}

// TestIncludesDoNotMultiply holds that files of which each includes the next one many times end, though none includes itself.
func TestIncludesDoNotMultiply(t *testing.T) {
	files := map[string]string{}
	for n := range 9 {
		files[fmt.Sprintf("/f/%d.conf", n)] = "[INCLUDES]\nbefore =" + strings.Repeat(fmt.Sprintf(" %d.conf\n", n+1), 40)
	}
	files["/f/jail.conf"], files["/f/9.conf"] = files["/f/0.conf"], ""
	if c, err := Load(capture.MemoryOf(files), "/f"); !errors.Is(err, capture.ErrTooMany) {
		t.Error(c, err)
	}
}

var set = regexp.MustCompile(`^\['set', 'sshd', '(maxretry|bantime|findtime)', '?([^'\]]*)'?\]`)

// TestAgainstFail2ban compares jails of generated files, put over Debian's own, with what fail2ban-client -d makes of them.
func TestAgainstFail2ban(t *testing.T) {
	program := against.Daemon(t, "fail2ban-client")
	if _, err := os.Stat("/etc/fail2ban/jail.conf"); err != nil {
		t.Skip("no /etc/fail2ban: nothing was compared")
	}
	random := against.Random(t)
	cases := against.Cases(2, 100)
	for n := range cases {
		dir := filepath.Join(t.TempDir(), "f")
		if err := os.CopyFS(dir, os.DirFS("/etc/fail2ban")); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"jail.local", "jail.d/a.conf", "jail.d/b.local"} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(generated(random)), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		out, err := exec.CommandContext(t.Context(), program, "-c", dir, "-d").CombinedOutput()
		refused := strings.Contains(string(out), "already exists")
		if err != nil && !refused && !strings.Contains(string(out), "['set'") && !strings.Contains(string(out), "log file") {
			t.Fatalf("case %d: %v: %s", n, err, out)
		}
		want := map[string]string{}
		for line := range strings.Lines(string(out)) {
			if m := set.FindStringSubmatch(line); m != nil {
				want[m[1]] = m[2]
			}
		}
		files := map[string]string{}
		_ = filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				text, _ := os.ReadFile(name)
				files["/etc/fail2ban"+strings.TrimPrefix(name, dir)] = string(text)
			}
			return err
		})
		c, err := Load(capture.MemoryOf(files), "/etc/fail2ban")
		if (err != nil) != refused {
			t.Fatalf("case %d: %v, fail2ban: %s", n, err, out)
		}
		for name, value := range want {
			if o, ok := c.Get("sshd", name); !ok || o.Value != value {
				t.Errorf("case %d: %s is %q, fail2ban has %q", n, name, o.Value, value)
			}
		}
	}
	t.Logf("%d configurations compared with fail2ban-client -d", cases)
}

func generated(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.IntN(3) {
		b.WriteString([]string{"[DEFAULT]\n", "[sshd]\nenabled = true\n"}[r.IntN(2)])
		for range r.IntN(3) {
			b.WriteString([]string{"bantime = 1h\n", "bantime=%(findtime)s\n", "maxretry = 7\n", "maxretry : 3\n", "findtime = 2d\n", "# x\n", "bantime = -1\n", "backend = systemd\n"}[r.IntN(8)])
		}
	}
	return b.String()
}

func FuzzLoad(f *testing.F) {
	f.Add("[DEFAULT]\na = %(b)s\nb = %(known/a)s %(x/y)s\n c\n[sshd]\nenabled = yes\nbantime = 1h30m\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := Load(capture.MemoryOf(map[string]string{"/f/jail.conf": text}), "/f")
		if err != nil {
			return
		}
		for _, jail := range c.Jails() {
			o, _ := c.Get(jail, "bantime")
			Span(o.Value)
			if o.Line < 0 {
				t.Errorf("%v", o)
			}
		}
	})
}
