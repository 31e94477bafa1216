package journald_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/journald"
)

func TestLoad(t *testing.T) {
	t.Parallel()
	const main, drop = "/etc/systemd/journald.conf", "/etc/systemd/journald.conf.d/a.conf"
	type journal struct {
		Storage string
		Days    int
		Limited bool
		Ignored int
	}
	tests := map[string]struct {
		files map[string]string
		want  journal
	}{
		"nothing":                  {nil, journal{"auto", 0, false, 0}},
		"comments alone":           {map[string]string{main: "[Journal]\n#Storage=none\n"}, journal{"auto", 0, false, 0}},
		"thirty days":              {map[string]string{main: "[Journal]\nStorage=persistent\nMaxRetentionSec=30day\nMaxFileSec=1day\n"}, journal{"persistent", 31, true, 0}},
		"a month's file":           {map[string]string{main: "[Journal]\nMaxRetentionSec=30d\n"}, journal{"auto", 60, true, 0}},
		"files without an end":     {map[string]string{main: "[Journal]\nMaxRetentionSec=30d\nMaxFileSec=0\n"}, journal{"auto", 0, false, 0}},
		"a drop-in wins":           {map[string]string{main: "[Journal]\nStorage=persistent\n", drop: "[Journal]\nStorage=volatile\n"}, journal{"volatile", 0, false, 0}},
		"a drop-in empties":        {map[string]string{main: "[Journal]\nStorage=none\nMaxRetentionSec=1week\n", drop: "[Journal]\nStorage=\nMaxRetentionSec=\n"}, journal{"auto", 0, false, 0}},
		"wrong values are ignored": {map[string]string{main: "[Journal]\nStorage=persistent\nStorage=tape\nMaxRetentionSec=long\n"}, journal{"persistent", 0, false, 2}},
		"another section":          {map[string]string{main: "[Other]\nStorage=none\n"}, journal{"auto", 0, false, 0}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j, err := journald.Load(capture.MemoryOf(tt.files))
			if err != nil {
				t.Fatal(err)
			}
			days, limited := j.MaxDays()
			if diff := cmp.Diff(journal{j.Storage, days, limited, len(j.Ignored)}, tt.want); diff != "" {
				t.Errorf("(-got +want)\n%s", diff)
			}
		})
	}
}

func TestPersistent(t *testing.T) {
	t.Parallel()
	for storage, want := range map[string][2]bool{"auto": {false, true}, "persistent": {true, true}, "volatile": {false, false}, "none": {false, false}} {
		j := journald.Journal{Storage: storage}
		if got := [2]bool{j.Persistent(false), j.Persistent(true)}; got != want {
			t.Errorf("%s: got %v, want %v", storage, got, want)
		}
	}
}

func FuzzParseJournald(f *testing.F) {
	f.Add("[Journal]\nStorage=auto\nMaxRetentionSec=1month 2d\n")
	f.Fuzz(func(t *testing.T, text string) {
		j, err := journald.Load(capture.MemoryOf(map[string]string{"/etc/systemd/journald.conf": text}))
		if days, ok := j.MaxDays(); err == nil && ok && days < 0 {
			t.Errorf("entries are kept %d days", days)
		}
	})
}
