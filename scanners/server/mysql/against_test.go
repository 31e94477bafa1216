package mysql

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tomscan/tomscan/scanners/server/against"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// TestAgainstMariaDB compares generated option files with the values that mariadbd --verbose --help prints.
func TestAgainstMariaDB(t *testing.T) {
	program := against.Daemon(t, "mariadbd")
	random := against.Random(t)
	server := versionOf(t, program)
	cases := against.Cases(8, 400)
	for n := range cases {
		dir := t.TempDir()
		texts := map[string]string{"my.cnf": generated(random) + "!includedir " + dir + "/conf.d\n" + generated(random) + "!include " + dir + "/extra.cnf\n" + generated(random),
			"conf.d/a.cnf": generated(random), "conf.d/b.cnf": generated(random), "conf.d/c.ini": generated(random), "extra.cnf": generated(random)}
		under := map[string]string{}
		for name, text := range texts {
			file := filepath.Join(dir, name)
			under[file] = text
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		o, err := Load(capture.MemoryOf(under), server, filepath.Join(dir, "my.cnf"))
		if err != nil || o.Unread != nil {
			t.Fatalf("case %d: %v %v", n, err, o)
		}
		want := values(t, program, filepath.Join(dir, "my.cnf"))
		for _, name := range []string{"require_secure_transport", "port", "bind_address", "local_infile", "tls_version", "innodb_encrypt_tables", "skip_networking"} {
			compare(t, n, o, name, want[strings.ReplaceAll(name, "_", "-")], texts)
		}
	}
	t.Logf("%d configurations compared with mariadbd", cases)
}

func compare(t *testing.T, n int, o *Options, name, want string, texts map[string]string) {
	t.Helper()
	p, ok := o.Last(name)
	if !ok {
		return
	}
	got := p.Value
	if on, known := p.On(); known && (want == "TRUE" || want == "FALSE" || want == "ON" || want == "OFF") {
		got = map[bool]string{true: "TRUE", false: "FALSE"}[on]
		want = map[string]string{"ON": "TRUE", "OFF": "FALSE", "TRUE": "TRUE", "FALSE": "FALSE"}[want]
	}
	if name == "port" && want == "0" { // without networking there is no port
		return
	}
	if got != want {
		t.Fatalf("case %d: %s is %q, mariadbd has %q: %q", n, name, got, want, texts)
	}
}

// values are those of the table that the server prints after a line of dashes.
func values(t *testing.T, program, file string) map[string]string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), program, "--defaults-file="+file, "--verbose", "--help").Output()
	if err != nil {
		t.Fatalf("%s: %v", program, err)
	}
	_, table, _ := strings.Cut(string(out), "\n---")
	all := map[string]string{}
	for line := range strings.Lines(table) {
		if name, value, ok := strings.Cut(strings.TrimRight(line, "\n"), " "); ok {
			all[name] = strings.TrimSpace(value)
		}
	}
	return all
}

func versionOf(t *testing.T, program string) Server {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), program, "--version").Output()
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(out), "Ver ")
	parts := strings.SplitN(rest, ".", 3)
	return Server{MariaDB: strings.Contains(rest, "MariaDB"), Version: parts[0] + "." + parts[1]}
}

func generated(r *rand.Rand) string {
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	var b strings.Builder
	b.WriteString("[" + pick("mysqld", "server", "mariadb", "mariadbd", "client-server", "mysqld-10.11", "mariadb-10.11", "mysqld-10.5", "client", "galera") + "]\n")
	for range r.IntN(4) {
		b.WriteString(pick("require_secure_transport=ON\n", "require-secure-transport = 0\n", "loose_require_secure_transport=1\n", "port=3307\n", "port = \"3308\" # why\n",
			"bind-address=127.0.0.1\n", "bind_address = '::1'\n", "loose-bind-address=0.0.0.0\n", "local-infile\n", "skip-local-infile\n", "local_infile=OFF\n", "disable-local-infile\n",
			"tls_version=TLSv1.2,TLSv1.3\n", "innodb-encrypt-tables=FORCE\n", "innodb_encrypt_tables=ON\n", "skip-networking\n", "skip_networking=0\n", "# comment\n", "; comment\n", "enable-local-infile\n"))
	}
	return b.String()
}
