package systemd_test

import (
	"errors"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/against"
	"github.com/tomscan/tomscan/scanners/server/systemd"
)

func is(err, target error) bool { return errors.Is(err, target) }

func TestUnitMergesDropIns(t *testing.T) {
	t.Parallel()
	h := systemd.Host{Files: tree{
		lib + "a.service":                           "# comment\n[Service]\nExecStart=/bin/one \\\n  --more\nType=simple\n",
		lib + "a.service.d/10-x.conf":               "[Service]\nType=notify\n",
		etc + "a.service.d/10-x.conf":               "[Service]\nType=oneshot\n",
		"/run/systemd/system/a.service.d/05-r.conf": "[Service]\nExecStart=\nExecStart=/bin/two\nType=exec\n",
		etc + "service.d/90-all.conf":               "[Service]\nNice=5\n",
		etc + "a.service.d/80-null.conf":            "->/dev/null",
		lib + "a.service.d/80-null.conf":            "[Service]\nNice=7\n",
		etc + "a.service.d/ignored.txt":             "[Service]\nNice=9\n",
	}.memory()}
	u, err := h.Unit("a.service")
	if err != nil {
		t.Fatal(err)
	}
	kind, _ := u.Last("Service", "Type")
	nice, _ := u.Last("Service", "Nice")
	got := []any{kind, nice, u.List("Service", "ExecStart"), u.Files}
	want := []any{
		systemd.Entry{Section: "Service", Key: "Type", Value: "oneshot", File: etc + "a.service.d/10-x.conf", Line: 2},
		systemd.Entry{Section: "Service", Key: "Nice", Value: "5", File: etc + "service.d/90-all.conf", Line: 2},
		[]systemd.Entry{{Section: "Service", Key: "ExecStart", Value: "/bin/two", File: "/run/systemd/system/a.service.d/05-r.conf", Line: 3}},
		[]string{lib + "a.service", "/run/systemd/system/a.service.d/05-r.conf", etc + "a.service.d/10-x.conf", etc + "service.d/90-all.conf"},
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("(-got +want)\n%s", diff)
	}
}

// configs are roots whose journald.conf is put together.
func configs() map[string]tree {
	return map[string]tree{
		"nothing":    {},
		"main":       {"/etc/systemd/journald.conf": "[Journal]\nStorage=persistent\n"},
		"drop-ins":   {"/etc/systemd/journald.conf": "[Journal]\n", "/etc/systemd/journald.conf.d/b.conf": "[Journal]\nStorage=none\n", "/usr/lib/systemd/journald.conf.d/c.conf": "[Journal]\n", "/run/systemd/journald.conf.d/a.conf": "[Journal]\n"},
		"precedence": {"/etc/systemd/journald.conf": "[Journal]\n", "/etc/systemd/journald.conf.d/b.conf": "[Journal]\nStorage=none\n", "/usr/lib/systemd/journald.conf.d/b.conf": "[Journal]\n", "/usr/local/lib/systemd/journald.conf.d/z.conf": "[Journal]\n"},
		"masked":     {"/etc/systemd/journald.conf": "[Journal]\n", "/etc/systemd/journald.conf.d/b.conf": "->/dev/null", "/usr/lib/systemd/journald.conf.d/b.conf": "[Journal]\n"},
	}
}

// TestAgainstCatConfig compares which files make a configuration with what systemd-analyze says.
func TestAgainstCatConfig(t *testing.T) {
	t.Parallel()
	program := against.Daemon(t, "systemd-analyze")
	for name, tr := range configs() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := tr.write(t)
			out, _ := exec.CommandContext(t.Context(), program, "--root="+root, "cat-config", "systemd/journald.conf").Output()
			var want []string
			for line := range strings.SplitSeq(string(out), "\n") {
				if file, ok := strings.CutPrefix(line, "# "+root); ok && tr[file] != "->/dev/null" { // which it shows as an empty file
					want = append(want, file)
				}
			}
			c, err := systemd.ReadConfig(tr.memory(), "journald.conf")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.Files, want); diff != "" {
				t.Errorf("(-got +want)\n%s", diff)
			}
		})
	}
}

func TestTimer(t *testing.T) {
	t.Parallel()
	type timer struct {
		Activates        string
		Interval, Jitter time.Duration
		Repeats          bool
	}
	tests := map[string]struct {
		text string
		want timer
	}{
		"daily":             {"[Timer]\nOnCalendar=daily\nAccuracySec=1h\nPersistent=true\n", timer{"a.service", 24 * time.Hour, time.Hour, true}},
		"twice a day":       {"[Timer]\nOnCalendar=*-*-* 6,18:00\nRandomizedDelaySec=12h\nUnit=b.service\n", timer{"b.service", 12 * time.Hour, 12*time.Hour + time.Minute, true}},
		"two expressions":   {"[Timer]\nOnCalendar=*-*-* 6:00\nOnCalendar=*-*-* 9:00\n", timer{"a.service", 21 * time.Hour, time.Minute, true}},
		"emptied":           {"[Timer]\nOnCalendar=hourly\nOnCalendar=\nOnCalendar=weekly\n", timer{"a.service", 7 * 24 * time.Hour, time.Minute, true}},
		"emptied by others": {"[Timer]\nOnCalendar=hourly\nOnBootSec=\n", timer{"a.service", 0, time.Minute, false}},
		"since it ran":      {"[Timer]\nOnBootSec=5min\nOnUnitActiveSec=1h 30min\n", timer{"a.service", 90 * time.Minute, time.Minute, true}},
		"once":              {"[Timer]\nOnBootSec=5min\n", timer{"a.service", 0, time.Minute, false}},
		"over":              {"[Timer]\nOnCalendar=2020-01-01\n", timer{"a.service", 0, time.Minute, false}},
		"not understood":    {"[Timer]\nOnCalendar=fortnightly\n", timer{"a.service", 0, time.Minute, false}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := systemd.Host{Files: tree{lib + "a.timer": tt.text}.memory()}.Timer("a.timer", base())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(timer{got.Activates, got.Interval, got.Jitter, got.Repeats}, tt.want); diff != "" {
				t.Errorf("(-got +want)\n%s", diff)
			}
		})
	}
}

func FuzzParseUnit(f *testing.F) {
	f.Add("[Timer]\nOnCalendar=daily\n\\\n# x\n[Install]\nWantedBy=a\nWantedBy=\n")
	f.Fuzz(func(t *testing.T, text string) {
		h := systemd.Host{Files: tree{lib + "a.timer": "[Unit]\n" + text, lib + "timers.target.wants/a.timer": "->../a.timer"}.memory()}
		u, err := h.Unit("a.timer")
		if err != nil {
			return
		}
		lines := strings.Count(text, "\n") + 2
		for _, e := range u.Settings {
			if e.Line < 1 || e.Line > lines || e.Key != strings.TrimSpace(e.Key) {
				t.Errorf("entry %+v of %d lines", e, lines)
			}
		}
		if got, err := h.Timer("a.timer", base()); err == nil && got.Repeats && got.Interval < 0 {
			t.Errorf("elapses every %v", got.Interval)
		}
	})
}

func FuzzParseCalendar(f *testing.F) {
	for _, s := range []string{"daily", "Mon..Fri *-*~3,5 10..12:0/20", "2026-02-29", "@1900000000", "*:*:0.5/7.25", "Mon-Wed,Sun 12-1..5/2 UTC"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := systemd.ParseCalendar(text)
		if err != nil {
			return
		}
		for _, s := range c.Times().Seconds {
			if s < 0 || s >= 86400 {
				t.Errorf("elapses at second %d of the day", s)
			}
		}
	})
}
