package timesync_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/against"
	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/timesync"
)

const chrony = "/etc/chrony/chrony.conf"

// configurations are files of chrony and the sources that they name.
func configurations() map[string]struct {
	files map[string]string
	want  []string
} {
	type test = struct {
		files map[string]string
		want  []string
	}
	const d = "/etc/chrony/"
	return map[string]test{
		"Debian's":            {map[string]string{chrony: "confdir /etc/chrony/conf.d\npool 2.debian.pool.ntp.org iburst\nsourcedir /etc/chrony/sources.d\n", d + "conf.d/README": "server x\n"}, []string{"pool 2.debian.pool.ntp.org"}},
		"comments":            {map[string]string{chrony: "! server a\n# server b\n; server c\n% server d\nSERVER e.example.com\n"}, []string{"server e.example.com"}},
		"nothing":             {map[string]string{chrony: "makestep 1 3\n"}, nil},
		"a pattern in order":  {map[string]string{chrony: "include /etc/chrony/x/*.conf\nserver z.example.com\n", d + "x/b.conf": "server b.example.com\n", d + "x/a.conf": "peer a.example.com\n"}, []string{"peer a.example.com", "server b.example.com", "server z.example.com"}},
		"the first directory": {map[string]string{chrony: "confdir /etc/chrony/x /etc/chrony/y\n", d + "x/b.conf": "server xb.example.com\n", d + "y/b.conf": "server yb.example.com\n", d + "y/a.conf": "server ya.example.com\n"}, []string{"server ya.example.com", "server xb.example.com"}},
		"a missing directory": {map[string]string{chrony: "confdir /etc/chrony/none\nserver a.example.com\n"}, []string{"server a.example.com"}},
	}
}

func sources(t *testing.T, files map[string]string, config string) []string {
	t.Helper()
	at := slices.IndexFunc(timesync.Daemons(), func(d timesync.Daemon) bool { return d.Config == config })
	found, err := timesync.Daemons()[at].Sources(capture.MemoryOf(files))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, s := range found {
		all = append(all, s.Kind+" "+s.Name)
	}
	return all
}

func TestChrony(t *testing.T) {
	t.Parallel()
	for name, tt := range configurations() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(sources(t, tt.files, chrony), tt.want); diff != "" {
				t.Errorf("(-got +want)\n%s", diff)
			}
		})
	}
}

// TestSourcesThatAreReadLater are those that chronyd -p does not print.
func TestSourcesThatAreReadLater(t *testing.T) {
	t.Parallel()
	got := sources(t, map[string]string{chrony: "sourcedir /etc/chrony/sources.d\n", "/etc/chrony/sources.d/a.sources": "server a.example.com\n", "/etc/chrony/sources.d/b": "server b\n"}, chrony)
	if diff := cmp.Diff(got, []string{"server a.example.com"}); diff != "" {
		t.Errorf("(-got +want)\n%s", diff)
	}
}

// TestAgainstChrony compares with what chronyd -p prints of the same files.
func TestAgainstChrony(t *testing.T) {
	t.Parallel()
	program := against.Daemon(t, "chronyd")
	for name, tt := range configurations() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := t.TempDir()
			for p, text := range tt.files {
				at := filepath.Join(root, p)
				if err := os.MkdirAll(filepath.Dir(at), 0o750); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(at, []byte(strings.ReplaceAll(text, "/etc/", root+"/etc/")), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			out, err := exec.CommandContext(t.Context(), program, "-p", "-f", filepath.Join(root, chrony)).Output()
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for line := range strings.SplitSeq(string(out), "\n") {
				if w := strings.Fields(line); len(w) > 1 && slices.Contains([]string{"peer", "pool", "server"}, strings.ToLower(w[0])) {
					got = append(got, fmt.Sprint(strings.ToLower(w[0]), " ", w[1]))
				}
			}
			if diff := cmp.Diff(got, tt.want); diff != "" {
				t.Errorf("chronyd (-theirs +want)\n%s", diff)
			}
		})
	}
}

func TestOtherDaemons(t *testing.T) {
	t.Parallel()
	const timesyncd, ntp = "/etc/systemd/timesyncd.conf", "/etc/ntpsec/ntp.conf"
	tests := map[string]struct {
		config, text string
		want         []string
	}{
		"compiled in":  {timesyncd, "[Time]\n#NTP=\n", []string{"FallbackNTP "}},
		"named":        {timesyncd, "[Time]\nNTP=a.example.com b.example.com\n", []string{"NTP a.example.com", "NTP b.example.com"}},
		"emptied":      {timesyncd, "[Time]\nFallbackNTP=\n", nil},
		"ntpd":         {ntp, "driftfile /x\npool 0.debian.pool.ntp.org iburst\n", []string{"pool 0.debian.pool.ntp.org"}},
		"ntpd without": {ntp, "# server x\n", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(sources(t, map[string]string{tt.config: tt.text}, tt.config), tt.want); diff != "" {
				t.Errorf("(-got +want)\n%s", diff)
			}
		})
	}
}

func FuzzParseChrony(f *testing.F) {
	f.Add("pool a\ninclude /etc/chrony/chrony.conf\nconfdir /etc/chrony\n")
	f.Fuzz(func(t *testing.T, text string) {
		all, err := timesync.Daemons()[0].Sources(capture.MemoryOf(map[string]string{chrony: text}))
		if err != nil && !errors.Is(err, fs.ErrInvalid) && !errors.Is(err, fs.ErrNotExist) {
			t.Error(err)
		}
		for _, s := range all {
			if s.Line < 1 || s.Line > strings.Count(text, "\n")+1 {
				t.Errorf("%+v", s)
			}
		}
	})
}
