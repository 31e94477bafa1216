package cron_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/cron"
	"github.com/tomscan/tomscan/scanners/server/schedule"
)

func from() time.Time { return time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC) }

func memory(files map[string]string) *capture.Memory {
	m := capture.NewMemory("/")
	for p, content := range files {
		m.Add(p, capture.Info{Mode: 0o755, Size: int64(len(content))}, []byte(content), nil)
	}
	return m
}

func TestInterval(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	tests := map[string]struct {
		line string
		want time.Duration
	}{
		"every minute":               {"* * * * *", time.Minute},
		"daily":                      {"25 6 * * *", day},
		"nickname":                   {"@weekly", 7 * day},
		"every fifteen minutes":      {"*/15 * * * *", 15 * time.Minute},
		"unequal steps":              {"*/25 * * * *", 25 * time.Minute},
		"office hours":               {"0 8-17 * * 1-5", 63 * time.Hour},
		"sunday by seven":            {"0 0 * * 7", 7 * day},
		"sunday by name":             {"0 0 * * sun", 7 * day},
		"first of the month":         {"52 6 1 * *", 31 * day},
		"the 31st":                   {"0 0 31 * *", 61 * day},
		"day of month or of week":    {"0 0 1 * 1", 7 * day},
		"star keeps both":            {"0 0 */2 * 1", 21 * day},
		"first sunday does not work": {"0 0 1-7 * 0", 7 * day},
		"leap day":                   {"0 0 29 feb *", 1461 * day},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			times, _, ok := cron.ParseTimes(tt.line + " x")
			if !ok {
				t.Fatal("not read")
			}
			if got, _ := schedule.Longest(from(), *times); got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestTimesThatCronRefuses(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8", "5/5 * * * *", "*/0 * * * *", "a * * * *", "* * *", "@often", "5-1 * * * *", "1,,2 * * * *"} {
		if _, _, ok := cron.ParseTimes(line + " x"); ok {
			t.Errorf("%q was read", line)
		}
	}
}

func TestJobs(t *testing.T) {
	t.Parallel()
	m := memory(map[string]string{
		"/etc/debian_version":           "12\n",
		"/etc/crontab":                  "SHELL=/bin/sh\n17 * * * * root cd / && run-parts --report /etc/cron.hourly\n25 6 * * * root test -x /usr/sbin/anacron || { cd / && run-parts --report /etc/cron.daily; }\n",
		"/etc/cron.d/a":                 "# comment\nMAILTO=root\n@reboot root /start\n0 3 * * 0 www-data /weekly\n",
		"/etc/cron.d/b.dpkg-old":        "* * * * * root /not\n",
		"/etc/cron.d/wrong":             "* * * * * root /lost\nnonsense\n",
		"/etc/cron.daily/logrotate":     "#!/bin/sh\n",
		"/etc/cron.weekly/never":        "#!/bin/sh\n",
		"/var/spool/cron/crontabs/anna": "0 1 * * * /home/anna/job\n",
	})
	m.Add("/etc/cron.daily/off", capture.Info{Mode: 0o644}, nil, nil)
	want := cron.Table{
		Jobs: []cron.Job{
			{User: "root", Command: "cd / && run-parts --report /etc/cron.hourly", When: "17 * * * *", File: "/etc/crontab", Line: 2, Interval: time.Hour, Repeats: true},
			{User: "root", Command: "test -x /usr/sbin/anacron || { cd / && run-parts --report /etc/cron.daily; }", When: "25 6 * * *", File: "/etc/crontab", Line: 3, Interval: 24 * time.Hour, Repeats: true},
			{User: "root", Command: "/start", When: "@reboot", File: "/etc/cron.d/a", Line: 3},
			{User: "www-data", Command: "/weekly", When: "0 3 * * 0", File: "/etc/cron.d/a", Line: 4, Interval: 7 * 24 * time.Hour, Repeats: true},
			{User: "anna", Command: "/home/anna/job", When: "0 1 * * *", File: "/var/spool/cron/crontabs/anna", Line: 1, Interval: 24 * time.Hour, Repeats: true},
			{User: "root", Command: "/etc/cron.daily/logrotate", When: "25 6 * * *", File: "/etc/cron.daily/logrotate", Interval: 24 * time.Hour, Repeats: true},
		},
		Errors:  []cron.Error{{File: "/etc/cron.d/wrong", Line: 2}},
		Skipped: []string{"/etc/cron.d/b.dpkg-old", "/etc/cron.daily/off", "/etc/cron.weekly/never"},
	}
	if diff := cmp.Diff(cron.Jobs(m, from()), want); diff != "" {
		t.Errorf("(-got +want)\n%s", diff)
	}
}

func TestJobsOfAnacron(t *testing.T) {
	t.Parallel()
	m := memory(map[string]string{
		"/etc/redhat-release": "AlmaLinux 9\n", "/etc/cron.daily/backup.sh": "#!/bin/sh\n",
		"/etc/anacrontab": "RANDOM_DELAY=45\n1\t5\tcron.daily\t\tnice run-parts /etc/cron.daily\n@monthly 45 cron.monthly nice run-parts /etc/cron.monthly\n",
	})
	want := cron.Job{User: "root", Command: "/etc/cron.daily/backup.sh", File: "/etc/cron.daily/backup.sh", Interval: 24 * time.Hour, Repeats: true}
	got := cron.Jobs(m, from()).Jobs
	if diff := cmp.Diff(got[len(got)-1], want); diff != "" {
		t.Errorf("(-got +want)\n%s", diff)
	}
}

func TestPlacesThatNobodyLookedAtAreNamed(t *testing.T) {
	t.Parallel()
	got := cron.Jobs(capture.NewMemory(), from())
	if len(got.Jobs) != 0 || len(got.Unread) == 0 {
		t.Errorf("got %+v, want places that were not read", got)
	}
}

func FuzzParseTimes(f *testing.F) {
	for _, s := range []string{"*/15 0-3,5 1 jan-mar mon x", "@daily x", "0 0 29 2 * y"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		times, rest, ok := cron.ParseTimes(text)
		if !ok || times == nil {
			return
		}
		if len(rest) > len(text) || len(times.Seconds) == 0 || len(times.Seconds) > 1440 {
			t.Errorf("%d times a day, rest %q", len(times.Seconds), rest)
		}
	})
}
