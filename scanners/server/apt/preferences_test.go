package apt

import (
	"testing"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

func TestPins(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"": 0,
		"Package: *\nPin: release a=bookworm-backports\nPin-Priority: 100\n":                                                0,
		"Package: *\nPin: release o=UbuntuESM, a=jammy-infra-security\nPin-Priority: never\n":                               0,
		"# x\nPackage: nginx\nPin: version 1.18.*\nPin-Priority: 1001\n":                                                    3,
		"Package: *\nPin: origin security.debian.org\nPin-Priority: 1\n":                                                    2,
		"Package: *\nPin: origin packages.example.com\nPin-Priority: 900\n":                                                 0,
		"Package: linux-image*\nPin: release l=Debian-Security\nPin-Priority: -1\n":                                         2,
		"Package: *\nPin: release n=bookworm-security\nPin-Priority: 990\n\nPackage: b\nPin: release *\nPin-Priority: -5\n": 6,
		"Package: *\nPin: release n=bookworm*\nPin-Priority: x\n":                                                           2,
	} {
		p, some, err := Pins(capture.MemoryOf(map[string]string{"/etc/apt/preferences.d/x": text}), "bookworm")
		if some != (want > 0) || p.Line != want || err != nil {
			t.Errorf("%q: %v %v %v", text, p, some, err)
		}
	}
	if _, _, err := Pins(capture.NewMemory("/var"), "bookworm"); err == nil {
		t.Error("preferences that were not collected")
	}
}

func FuzzPins(f *testing.F) {
	f.Add("Package: nginx\nPin: version 1.18.*\nPin-Priority: 1001\n")
	f.Fuzz(func(t *testing.T, text string) {
		p, some, err := Pins(capture.MemoryOf(map[string]string{"/etc/apt/preferences": text}), "bookworm")
		if err != nil || some != (p.Line > 0) {
			t.Errorf("%v %v %v", p, some, err)
		}
	})
}
