package apt

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/against"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// TestAgainstAPT compares generated configurations with what apt-config makes of them.
func TestAgainstAPT(t *testing.T) {
	program := against.Daemon(t, "apt-config")
	random := against.Random(t)
	cases := against.Cases(20, 1000)
	for n := range cases {
		files := map[string]string{}
		for i := range 1 + random.IntN(3) {
			files[fmt.Sprintf("%02d%s", i, pick(random, "part", "x.conf", "y.bak", "z~", "a_b"))] = generated(random)
		}
		ours, err := ofFiles(files)
		if err != nil {
			t.Fatalf("case %d: %v in %q", n, err, files)
		}
		if diff := cmp.Diff(asked(t, program, files), flat(ours)); diff != "" {
			t.Fatalf("case %d: %q: %s", n, files, diff)
		}
	}
	t.Logf("%d configurations compared with apt-config dump", cases)
}

func ofFiles(files map[string]string) (Conf, error) {
	under := map[string]string{}
	for name, text := range files {
		under["/etc/apt/apt.conf.d/"+name] = text
	}
	return Load(capture.MemoryOf(under))
}

// flat are the values below Test that are not empty, as apt-config dumps them.
func flat(c Conf) []string {
	var all []string
	for _, i := range c.items {
		if strings.HasPrefix(i.Name, "Test") && i.Value != "" {
			all = append(all, i.Name+" "+i.Value)
		}
	}
	slices.Sort(all)
	return all
}

func asked(t *testing.T, program string, files map[string]string) []string {
	t.Helper()
	dir := t.TempDir()
	parts := filepath.Join(dir, "parts")
	if err := os.Mkdir(parts, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(parts, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	start := filepath.Join(dir, "start")
	if err := os.WriteFile(start, fmt.Appendf(nil, "Dir::Etc::Parts %q;\nDir::Etc::Main %q;\n", parts, filepath.Join(dir, "none")), 0o644); err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), program, "dump")
	c.Env = append(os.Environ(), "APT_CONFIG="+start, "LC_ALL=C")
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	return flat(dump(out))
}

// generated is a configuration of groups, lists, scalars, comments and #clear below Test.
func generated(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.IntN(6) {
		name := "Test::" + pick(r, "A", "B", "C::D")
		switch r.IntN(7) {
		case 0:
			fmt.Fprintf(&b, "%s \"%d\";\n", name, r.IntN(9)+1)
		case 1:
			fmt.Fprintf(&b, "%s { \"x%d\"; \"y\"; };\n", name, r.IntN(9))
		case 2:
			fmt.Fprintf(&b, "%s:: \"z%d\";\n", name, r.IntN(9))
		case 3:
			fmt.Fprintf(&b, "Test { E \"%d\"; // why\n  F { G \"1\"; /* no\n */ H \"2\"; }; };\n", r.IntN(9)+1)
		case 4:
			fmt.Fprintf(&b, "#clear %s;\n", name)
		case 5:
			b.WriteString("# a comment \"with\" { everything;\n")
		case 6:
			fmt.Fprintf(&b, "%s\n  \"w%d\" ;\n", name, r.IntN(9))
		}
	}
	return b.String()
}

func pick(r *rand.Rand, words ...string) string { return words[r.IntN(len(words))] }

// dump reads what `apt-config dump` printed.
func dump(text []byte) Conf {
	var c Conf
	for line := range strings.Lines(string(text)) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), ` "`)
		if !ok || !strings.HasSuffix(value, `";`) {
			continue
		}
		c.items = append(c.items, Item{Name: name, Value: strings.TrimSuffix(value, `";`)})
	}
	return c
}
