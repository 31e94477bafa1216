package nginx

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/against"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// TestAgainstDumps holds the files that are read, and their tree, to what nginx -T shows of generated configurations with includes.
func TestAgainstDumps(t *testing.T) {
	program := against.Daemon(t, "nginx")
	random := against.Random(t)
	for n := range against.Cases(5, 200) {
		dir := t.TempDir()
		files := included(random, dir)
		for name, text := range files {
			write(t, name, text, false)
		}
		main := filepath.Join(dir, "nginx.conf")
		c, err := Load(capture.MemoryOf(files), main)
		if err != nil {
			t.Fatal(err)
		}
		out, err := exec.CommandContext(t.Context(), program, "-T", "-q", "-p", dir, "-c", main).Output()
		if err != nil {
			t.Fatalf("configuration %d: nginx refuses it: %v\n%v", n, err, files)
		}
		shown := dumped(string(out))
		again, err := Load(capture.MemoryOf(shown), main)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(again.Files, c.Files); diff != "" {
			t.Errorf("files of configuration %d: %s", n, diff)
		}
		if diff := cmp.Diff(outline(again.Main), outline(c.Main)); diff != "" {
			t.Errorf("tree of configuration %d: %s", n, diff)
		}
		once := map[string]bool{}
		for _, name := range c.Files {
			once[name] = true
		}
		if len(once) != len(shown) {
			t.Errorf("configuration %d: %d files are read, nginx reads %d", n, len(once), len(shown))
		}
	}
}

// header begins each file that nginx -T shows.
var header = regexp.MustCompile(`(?m)^# configuration file (.*):\n`)

// dumped are the files that nginx -T shows.
func dumped(out string) map[string]string {
	files := map[string]string{}
	at := header.FindAllStringSubmatchIndex(out, -1)
	for n, m := range at {
		end := len(out)
		if n+1 < len(at) {
			end = at[n+1][0]
		}
		files[out[m[2]:m[3]]] = out[m[1]:end]
	}
	return files
}

// included writes a configuration with includes in several directories, some of which nobody should follow.
func included(r *rand.Rand, dir string) map[string]string {
	files := map[string]string{}
	values := []string{`"a b"`, `'it"s'`, `a\;b`, `${host}x`, "\"line\nbreak\"", `P\{O\}`, `"\t\"q\""`, "x#y"}
	value := func() string { return values[r.IntN(len(values))] }
	for n := range 1 + r.IntN(4) {
		name := []string{"a.conf", "B.conf", "10.conf", ".hidden.conf", "c.conf.bak"}[r.IntN(5)]
		text := fmt.Sprintf("# comment { %d\nserver { listen 127.0.0.1:%d; set $v %s; include extra/*.inc;\n if ($v ~ ^%d\\{\\}) { set $w %s; } }\n", n, 20000+r.IntN(9), value(), n, value())
		files[filepath.Join(dir, "conf.d", name)] = text
	}
	for n := range r.IntN(3) {
		files[filepath.Join(dir, "extra", fmt.Sprint(n, ".inc"))] = fmt.Sprintf("add_header X%d %s; # }\n", n, value())
		files[filepath.Join(dir, "conf.d", "extra", fmt.Sprint(n, ".inc"))] = "never_read_this;"
	}
	files[filepath.Join(dir, "maps")] = "default 0; ~^a 1; \"b c\" 2;"
	files[filepath.Join(dir, "nginx.conf")] = fmt.Sprintf("error_log %s/e; pid %s/p;\nevents {}\nhttp {\n map $host $m { include maps; }\n include conf.d/*.conf; include none/*.conf; include conf.d/[abc].conf;\n}\n", dir, dir)
	return files
}

// TestAgainstSyntax holds what the lexer refuses to what nginx -t refuses.
func TestAgainstSyntax(t *testing.T) {
	program := against.Daemon(t, "nginx")
	dir := t.TempDir()
	main := filepath.Join(dir, "nginx.conf")
	frame := "error_log " + dir + "/e; pid " + dir + "/p; events {} http { server { listen 127.0.0.1:20001; %s } }"
	for _, text := range []string{
		`set $a b;`, `set $a "b";`, `set $a "b"c;`, `set $a 'b`, `set $a b`, `}`, `;`, `if ($host = "b") { }`, `if ($host ~ P\{O\}) { }`, `if ($host ~ "a{2}") { }`, `set $a ${host}{`, `set $a ${host};`,
		`location / { `, `location / { } }`, `location / { ; }`, `set $a b#c;`, "set $a b; # x }\n", `set $a \;;`, `set $a "\"";`, `location ~ \.php$ { }`, `set $a "` + strings.Repeat("x", 5000) + `";`,
	} {
		whole := fmt.Sprintf(frame, text)
		if err := os.WriteFile(main, []byte(whole), 0o644); err != nil {
			t.Fatal(err)
		}
		_, err := Load(capture.MemoryOf(map[string]string{main: whole}), main)
		said, refused := exec.CommandContext(t.Context(), program, "-t", "-q", "-p", dir, "-c", main).CombinedOutput()
		if (err != nil) != (refused != nil) {
			t.Errorf("%.60q: we say %v, nginx says %v %s", text, err, refused, said)
		}
	}
}
