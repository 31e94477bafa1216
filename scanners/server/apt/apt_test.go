package apt

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/against"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

func TestLoadReadsPartsBeforeTheFileItself(t *testing.T) {
	c, err := Load(capture.MemoryOf(map[string]string{
		"/etc/apt/apt.conf":                  `A "main";`,
		"/etc/apt/apt.conf.d/20auto":         "A \"20\";\nB \"1\";\n",
		"/etc/apt/apt.conf.d/10auto":         `B "0";`,
		"/etc/apt/apt.conf.d/30auto.bak":     `B "no";`,
		"/etc/apt/apt.conf.d/.40hidden":      `B "no";`,
		"/etc/apt/apt.conf.d/50strange+sign": `B "no";`,
	}))
	if err != nil {
		t.Fatal(err)
	}
	a, _ := c.Last("a")
	b, _ := c.Last("B")
	want := []Item{{"A", "main", "/etc/apt/apt.conf", 1}, {"B", "1", "/etc/apt/apt.conf.d/20auto", 2}}
	if diff := cmp.Diff(want, []Item{a, b}); diff != "" {
		t.Error(diff)
	}
}

func TestBrokenFilesAreSaid(t *testing.T) {
	for text, want := range map[string]string{
		"A {\n B \"1\";\n": "/etc/apt/apt.conf:3: a group is not closed", "A \"1": "a quote is not closed", "/* x": "a comment is not closed", "}": "a closing brace too many",
		`"x";`: "a value without a name", `#include "/x";`: "#include is not followed", "A": "a name without a value", strings.Repeat("A {\n", 100): "too deep",
	} {
		if _, err := Load(capture.MemoryOf(map[string]string{"/etc/apt/apt.conf": text})); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: %v, want %s", text, err, want)
		}
	}
}

// TestValuesAreBounded: each value may be compared with all others, so that a file of millions of them is not read to its end.
func TestValuesAreBounded(t *testing.T) {
	var text strings.Builder
	for n := range 400_000 {
		fmt.Fprintf(&text, "a%d x;\n#clear b;\n", n)
	}
	if _, err := Load(capture.MemoryOf(map[string]string{"/etc/apt/apt.conf": text.String()})); !errors.Is(err, errTooMany) {
		t.Error(err)
	}
}

func TestInstalls(t *testing.T) {
	debian := Release{"Debian", "bookworm"}
	security := Source{Origin: "Debian", Label: "Debian-Security", Codename: "bookworm-security", Component: "main"}
	tests := []struct {
		conf              string
		release           Release
		source            Source
		installs, decided bool
	}{
		{`Unattended-Upgrade::Origins-Pattern { "origin=Debian,codename=${distro_codename}-security,label=Debian-Security"; };`, debian, security, true, true},
		{`Unattended-Upgrade::Origins-Pattern { "origin=Debian,codename=${distro_codename},label=Debian-Security"; };`, debian, security, false, true},
		{`Unattended-Upgrade::Origins-Pattern { "o=Debian,a=stable-security"; };`, debian, security, false, false},
		{`Unattended-Upgrade::Origins-Pattern { "o=Debian,n=*-security"; };`, debian, security, true, true},
		{`Unattended-Upgrade::Origins-Pattern { "vendor=Debian"; };`, debian, security, false, true},
		{`Unattended-Upgrade::Allowed-Origins { "${distro_id}:${distro_codename}-security"; };`, Release{"Ubuntu", "jammy"}, Source{Origin: "Ubuntu", Label: "Ubuntu", Suite: "jammy-security", Codename: "jammy"}, true, true},
		{`Unattended-Upgrade::Allowed-Origins { "${distro_id} ${distro_codename}"; };`, Release{"Ubuntu", "jammy"}, Source{Origin: "Ubuntu", Suite: "jammy-security"}, false, true},
		{`Unattended-Upgrade::Origins-Pattern:: "*";`, debian, security, true, true},
		{`Unattended-Upgrade::Origins-Pattern {"x"; }; #clear Unattended-Upgrade::Origins-Pattern;`, debian, security, false, true},
	}
	for _, test := range tests {
		c, err := Load(capture.MemoryOf(map[string]string{"/etc/apt/apt.conf": test.conf}))
		if err != nil {
			t.Fatal(err)
		}
		if installs, decided := c.Installs(test.release, test.source); installs != test.installs || decided != test.decided {
			t.Errorf("%s: %t, %t", test.conf, installs, decided)
		}
	}
}

func TestPending(t *testing.T) {
	got := Pending([]byte("Reading package lists...\nInst libssl3 [3.0.15-1] (3.0.17-1 Debian:12.12/oldstable, Debian-Security:12/oldstable-security [amd64])\n" +
		"Inst tzdata [1] (2 Debian:12.12/oldstable [all]) []\nInst new (1 Debian:12/stable [amd64])\nConf libssl3 (3.0.17-1 x [amd64])\n" +
		"Inst vim [1] (2 Ubuntu:22.04/jammy-updates, Ubuntu:22.04/jammy-security [amd64])\n"))
	want := []Update{
		{"libssl3", "3.0.15-1", "3.0.17-1", []string{"Debian:12.12/oldstable", "Debian-Security:12/oldstable-security"}},
		{"tzdata", "1", "2", []string{"Debian:12.12/oldstable"}},
		{"vim", "1", "2", []string{"Ubuntu:22.04/jammy-updates", "Ubuntu:22.04/jammy-security"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if security := fmt.Sprint(got[0].Security(), got[1].Security(), got[2].Security()); security != "true false true" {
		t.Error(security)
	}
}

func TestCompare(t *testing.T) {
	ascending := []string{"1.0~rc1", "1.0", "1.0-1~deb12u1", "1.0-1", "1.0-1+deb12u1", "1.0-1+deb12u2", "1.0-1+deb12u10", "1.0+b", "1.0a", "1.0.1", "1.10", "1:0"}
	ascending[7], ascending[8] = ascending[8], ascending[7] // letters come before all else
	for n := range ascending {
		for m := range ascending {
			if got, want := Compare(ascending[n], ascending[m]), sign(n-m); sign(got) != want {
				t.Errorf("%s and %s: %d, want %d", ascending[n], ascending[m], got, want)
			}
		}
	}
}

func sign(n int) int { return min(1, max(-1, n)) }

// TestAgainstDpkg compares versions as dpkg does.
func TestAgainstDpkg(t *testing.T) {
	program := against.Daemon(t, "dpkg")
	random := against.Random(t)
	version := func() string {
		v := pick(random, "", "1:", "0:") + pick(random, "1", "2", "10", "0")
		for range random.IntN(4) {
			v += pick(random, ".1", ".02", "~a", "+b", "a", "-1", ".0", "9")
		}
		return v + pick(random, "", "-1", "-0ubuntu1", "-1+deb12u10")
	}
	cases := against.Cases(100, 3000)
	for range cases {
		a, b := version(), version()
		got := []string{"eq", "gt"}[max(0, sign(Compare(a, b)))]
		if Compare(a, b) < 0 {
			got = "lt"
		}
		if err := exec.CommandContext(t.Context(), program, "--compare-versions", a, got, b).Run(); err != nil {
			t.Errorf("%s %s %s: dpkg says otherwise", a, got, b)
		}
	}
	t.Logf("%d pairs of versions compared with dpkg", cases)
}

func FuzzLoad(f *testing.F) {
	f.Add("A { B \"1\"; };\n// x\n/* y */ #clear A;\nUnattended-Upgrade::Origins-Pattern:: \"origin=Debian\";")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := Load(capture.MemoryOf(map[string]string{"/etc/apt/apt.conf": text}))
		if err != nil {
			return
		}
		lines := strings.Count(text, "\n") + 1
		for _, i := range c.items {
			if i.Line < 1 || i.Line > lines {
				t.Errorf("%v of %d lines", i, lines)
			}
		}
		c.Installs(Release{"Debian", "bookworm"}, Source{Origin: "Debian"})
	})
}

func FuzzPending(f *testing.F) {
	f.Add([]byte("Inst a [1] (2 Debian:12/stable [amd64])\n"), "1:2-3", "1~")
	f.Fuzz(func(t *testing.T, text []byte, a, b string) {
		for _, u := range Pending(text) {
			if u.Package == "" || u.Candidate == "" {
				t.Errorf("%v", u)
			}
		}
		if Compare(a, b) != -Compare(b, a) {
			t.Errorf("%q and %q are not opposite", a, b)
		}
	})
}

func TestSources(t *testing.T) {
	got, err := Sources(capture.MemoryOf(map[string]string{
		"/etc/apt/sources.list":               "deb [signed-by=/x.gpg arch=amd64] http://a/ bookworm main\ndeb-src http://a/ bookworm main\n# deb http://b/ x main\n",
		"/etc/apt/sources.list.d/new.sources": "# why\nTypes: deb deb-src\nURIs: http://c/\nSuites: bookworm\n bookworm-security\nComponents: main\n\nTypes: deb\nEnabled: no\nURIs: http://d/\nSuites: x\n",
		"/etc/apt/sources.list.d/old.save":    "deb http://e/ y main\n",
	}))
	f := "/etc/apt/sources.list.d/new.sources"
	want := []Entry{{"http://a/", "bookworm", "/etc/apt/sources.list", 1}, {"http://c/", "bookworm", f, 2}, {"http://c/", "bookworm-security", f, 2}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if _, err := Sources(capture.NewMemory("/var")); err == nil {
		t.Error("what was not collected is taken for nothing")
	}
}
