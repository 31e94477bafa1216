package removal

import (
	"testing"
	"time"

	"github.com/tomscan/tomscan/scanners/server/calls"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

func TestOf(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	const file = "/var/log/w/access.20261121"
	tests := map[string]struct {
		removes, takes, sure bool
		age                  time.Duration
	}{
		"find /var/log/w -mtime +30 -delete":                                 {true, true, true, 31 * day},
		"find /var/log/w/ -type f -name 'access.*' -mtime +30 -delete":       {true, true, true, 31 * day},
		"find /var/log -mmin +90 -exec rm -f {} \\;":                         {true, true, true, 90 * time.Minute},
		"find /var/log/* -maxdepth 1 -mtime +7 -delete":                      {true, true, true, 8 * day},
		"find /var/log -maxdepth 1 -mtime +7 -delete":                        {true, false, true, 8 * day},
		"find /var/log/w -name '*.gz' -mtime +7 -delete":                     {true, false, true, 8 * day},
		"find /srv -mtime +7 -delete":                                        {true, false, true, 8 * day},
		"find /var/log/w -mtime +7":                                          {false, true, true, 8 * day},
		"find /var/log/w -mtime 7 -delete":                                   {true, true, false, 8 * day},
		"find /var/log/w -atime +7 -delete":                                  {true, true, false, 0},
		"find /var/log/w ! -name x -mtime +7 -delete":                        {true, true, false, 8 * day},
		"find /var/log/w \\( -name 'a*' -o -name 'b*' \\) -mtime +7 -delete": {true, true, false, 8 * day},
		"find /var/log/w -delete -mtime +30":                                 {true, true, false, 0},
		"tmpreaper 30d /var/log/w":                                           {true, true, false, 0},
		"rm -rf /var/log/w":                                                  {true, true, false, 0},
		"rm /var/log/w/*":                                                    {true, true, false, 0},
		"rm \"$x\"":                                                          {false, false, false, 0},
		"nice -n 19 find /var/log/w -mtime +1 -delete":                       {true, true, true, 2 * day},
		"gzip /var/log/w/access.20261121":                                    {false, false, false, 0},
		"find /var/log/w -mtime +30 -exec mv {} /srv \\;":                    {true, true, false, 31 * day},
	}
	for command, tt := range tests {
		found := calls.In(capture.MemoryOf(nil), command, "/etc/crontab", 3, calls.None)
		if len(found.Calls) != 1 {
			t.Fatalf("%s: %d calls", command, len(found.Calls))
		}
		j, removes := Of(found.Calls[0], "")
		if removes != tt.removes || j.Takes(file) != tt.takes || j.Sure != tt.sure || j.Age != tt.age {
			t.Errorf("%s: removes %v, takes %v, sure %v, age %v", command, removes, j.Takes(file), j.Sure, j.Age)
		}
	}
}

func TestIn(t *testing.T) {
	t.Parallel()
	tests := map[string]int{
		"find /var/log/w -mtime +30 -print0 | xargs -0 rm -f":    1,
		"find /var/log/w -mtime +30 | xargs /usr/bin/gzip":       0,
		"find /var/log/w -mtime +30; truncate -s 0 /var/log/w/a": 1,
		": > /var/log/w/a; echo x >> /var/log/w/b":               1,
		"> /var/log/w/a":           1,
		"cd /var/log && rm -f w/a": 1,
		"rm -f w/a":                0,
	}
	for command, want := range tests {
		jobs := In(calls.In(capture.MemoryOf(nil), command, "/etc/crontab", 3, calls.None).Calls)
		if len(jobs) != want || want > 0 && (jobs[0].Sure || !jobs[0].Takes("/var/log/w/a")) {
			t.Errorf("%s: %+v", command, jobs)
		}
	}
}

func TestFindInTheDirectoryThatWasEntered(t *testing.T) {
	t.Parallel()
	jobs := In(calls.In(capture.MemoryOf(nil), "cd /var/log/w && find -mtime +7 -delete", "/etc/crontab", 3, calls.None).Calls)
	if len(jobs) != 1 || !jobs[0].Sure || !jobs[0].Takes("/var/log/w/a") || jobs[0].Takes("/var/log/v/a") {
		t.Errorf("%+v", jobs)
	}
}

// FuzzParseRemoval holds that no call makes a negative age, or takes what lies nowhere below its directories.
func FuzzParseRemoval(f *testing.F) {
	f.Add("find /var/log/w -type f -name 'a*' -mtime +30 -delete")
	f.Add("find /a ( -name b ) -exec rm {} + -mmin +1")
	f.Fuzz(func(t *testing.T, command string) {
		for _, c := range calls.In(capture.MemoryOf(nil), command, "", 1, calls.None).Calls {
			if j, ok := Of(c, ""); ok && (j.Age < 0 || j.Takes("relative")) {
				t.Errorf("%q: age %v", command, j.Age)
			}
		}
	})
}
