package osrelease

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

func TestLoad(t *testing.T) {
	text := "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nVERSION_ID=\"12\"\nVERSION_CODENAME=bookworm\nID=debian\n"
	tests := []struct {
		name  string
		files map[string]string
		want  Release
	}{
		{"its own place", map[string]string{"/etc/os-release": text}, Release{"debian", "12", "bookworm", "/etc/os-release"}},
		{"the vendor's place", map[string]string{"/usr/lib/os-release": "ID='rhel'\nVERSION_ID=9.4\n"}, Release{"rhel", "9.4", "", "/usr/lib/os-release"}},
	}
	for _, test := range tests {
		got, err := Load(capture.MemoryOf(test.files))
		if diff := cmp.Diff(test.want, got); diff != "" || err != nil {
			t.Errorf("%s: %s %v", test.name, diff, err)
		}
	}
	if _, err := Load(capture.NewMemory("/var")); !errors.Is(err, capture.ErrNotCollected) {
		t.Errorf("not collected: %v", err)
	}
}

func TestEnds(t *testing.T) {
	tests := []struct {
		release Release
		day     time.Time
		known   bool
	}{
		{Release{ID: "debian", Version: "12"}, day(2028, time.June, 30), true},
		{Release{ID: "rhel", Version: "9.4"}, day(2032, time.May, 31), true},
		{Release{ID: "ubuntu", Version: "24.04"}, day(2029, time.May, 31), true},
		{Release{ID: "ubuntu", Version: "24.10"}, time.Time{}, false},
		{Release{ID: "slackware", Version: "15.0"}, time.Time{}, false},
	}
	for _, test := range tests {
		if e, known := test.release.Ends(); known != test.known || !e.Day.Equal(test.day) {
			t.Errorf("%v: %v %t", test.release, e.Day, known)
		}
	}
}

func TestExtended(t *testing.T) {
	for version, want := range map[string]bool{"20.04": true, "22.04": true, "21.04": false, "22.10": false, "x": false} {
		if suite, ok := (Release{ID: "ubuntu", Version: version, Codename: "c"}).Extended(); ok != want || suite != "c-infra-security" {
			t.Errorf("%s: %s %v", version, suite, ok)
		}
	}
	if _, ok := (Release{ID: "debian", Version: "12"}).Extended(); ok {
		t.Error("Debian's extended support is another vendor's")
	}
}

func FuzzLoad(f *testing.F) {
	f.Add("ID=debian\nVERSION_ID=\"12\"\n")
	f.Fuzz(func(t *testing.T, text string) {
		r, err := Load(capture.MemoryOf(map[string]string{"/etc/os-release": text}))
		if err != nil || r.File == "" {
			t.Errorf("%v %v", r, err)
		}
		r.Ends()
	})
}
