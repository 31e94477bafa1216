package tmpfiles

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

func TestRemoves(t *testing.T) {
	t.Parallel()
	m := capture.MemoryOf(map[string]string{
		"/usr/lib/tmpfiles.d/var.conf": "# q /x 0755 - - 1d\nd /var/log 0755 - - -\nf /var/log/wtmp 0664 root utmp -\nd /var/log/a 0755 root root 30d\nR! /var/log/b\nD /run/c 0755 - -\n",
		"/usr/lib/tmpfiles.d/tmp.conf": "q /tmp 1777 root root 10d\n",
		"/usr/lib/tmpfiles.d/x.txt":    "d /y 0755 root root 30d\n",
		"/etc/tmpfiles.d/z.conf":       "e \"/srv/*/logs\" - - - 5d\n",
	})
	m.AddLink("/etc/tmpfiles.d/tmp.conf", "/dev/null")
	got, err := Removes(m)
	want := []Line{{"/srv/*/logs", "/etc/tmpfiles.d/z.conf", 1}, {"/var/log/a", "/usr/lib/tmpfiles.d/var.conf", 4}, {"/var/log/b", "/usr/lib/tmpfiles.d/var.conf", 5}, {"/run/c", "/usr/lib/tmpfiles.d/var.conf", 6}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%s %v", diff, err)
	}
	if _, err := Removes(capture.NewMemory("/etc")); err == nil {
		t.Error("the vendor's files were not collected")
	}
}

func FuzzParseTmpfiles(f *testing.F) {
	f.Add("d /var/log/a 0755 root root 30d\nR! /x\n")
	f.Fuzz(func(t *testing.T, text string) {
		for _, l := range read(text, "/f") {
			if l.Path == "" && l.Line < 1 || l.File != "/f" {
				t.Errorf("%+v", l)
			}
		}
	})
}
