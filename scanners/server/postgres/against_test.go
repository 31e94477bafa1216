package postgres

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/against"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// cluster is a temporary cluster that belongs to the user postgres, for PostgreSQL refuses to run as the superuser.
type cluster struct {
	t        testing.TB
	programs string // directory
	data     string
}

func newCluster(t testing.TB) *cluster {
	t.Helper()
	against.Superuser(t)
	initdb := against.Daemon(t, "initdb")
	if _, err := user.Lookup("postgres"); err != nil {
		t.Skip("no user postgres: nothing was compared")
	}
	dir, err := os.MkdirTemp("", "pg")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	c := &cluster{t: t, programs: filepath.Dir(initdb), data: filepath.Join(dir, "data")}
	c.own(dir)
	if out, err := c.command("initdb", "-D", c.data, "-A", "trust", "--no-sync", "--no-locale").CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v: %s", err, out)
	}
	return c
}

func (c *cluster) own(path string) {
	c.t.Helper()
	if err := os.Chown(path, c.id().uid, c.id().gid); err != nil {
		c.t.Fatal(err)
	}
}

type ids struct{ uid, gid int }

func (c *cluster) id() ids {
	u, err := user.Lookup("postgres")
	if err != nil {
		c.t.Fatal(err)
	}
	uid, _ := strconv.Atoi(u.Uid)
	gid, _ := strconv.Atoi(u.Gid)
	return ids{uid, gid}
}

func (c *cluster) command(name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(context.WithoutCancel(c.t.Context()), filepath.Join(c.programs, name), args...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(c.id().uid), Gid: uint32(c.id().gid)}}
	cmd.Dir = filepath.Dir(c.data)
	cmd.Env = []string{"PATH=/usr/bin:/bin", "LC_ALL=C"}
	return cmd
}

func (c *cluster) write(name, text string) {
	c.t.Helper()
	file := filepath.Join(c.data, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		c.t.Fatal(err)
	}
	c.own(filepath.Dir(file))
	c.own(file)
}

// files are those of the cluster as a capture has them.
func (c *cluster) files(texts map[string]string) capture.Files {
	under := map[string]string{}
	for name, text := range texts {
		under[filepath.Join(c.data, name)] = text
	}
	return capture.MemoryOf(under)
}

// TestAgainstPostgres compares settings of generated files, with includes and postgresql.auto.conf, with postgres -C.
func TestAgainstPostgres(t *testing.T) {
	c := newCluster(t)
	random := against.Random(t)
	asked := []string{"ssl_min_protocol_version", "port", "listen_addresses", "password_encryption", "log_connections", "log_line_prefix"}
	cases := against.Cases(2, 60)
	for n := range cases {
		texts := map[string]string{"postgresql.conf": generatedConf(random) + "include_dir = 'conf.d'\n" + generatedConf(random), "conf.d/a.conf": generatedConf(random),
			"conf.d/b.conf": generatedConf(random), "conf.d/.c.conf": "port = 1\n", "postgresql.auto.conf": generatedConf(random)}
		for name, text := range texts {
			c.write(name, text)
		}
		conf, err := Load(c.files(texts), filepath.Join(c.data, "postgresql.conf"))
		if err != nil || conf.Unread != nil {
			t.Fatalf("case %d: %v, %v", n, err, conf)
		}
		for _, name := range asked {
			out, err := c.command("postgres", "-C", name, "-D", c.data).Output()
			if err != nil {
				t.Fatalf("case %d: postgres -C %s: %v", n, name, err)
			}
			s, ok := conf.Get(name)
			got, want := s.Value, strings.TrimRight(string(out), "\n")
			if on, isBool := Bool(got); isBool && name == "log_connections" {
				got = map[bool]string{true: "on", false: "off"}[on]
			}
			if ok && !strings.EqualFold(got, want) {
				t.Fatalf("case %d: %s is %q, postgres has %q: %q", n, name, got, want, texts)
			}
		}
	}
	t.Logf("%d configurations compared with postgres -C", cases)
}

func generatedConf(r *rand.Rand) string {
	var b strings.Builder
	for range r.IntN(5) {
		b.WriteString([]string{
			fmt.Sprintf("port = %d\n", 5000+r.IntN(100)), "ssl_min_protocol_version = 'TLSv1." + strconv.Itoa(r.IntN(3)+1) + "'\n", "listen_addresses '*' # all\n",
			"LISTEN_ADDRESSES = 'localhost,192.0.2.1'\n", "password_encryption=md5\n", "log_connections yes\n", "log_connections = of\n",
			"log_line_prefix = '%m [%p] ''x'' \\'y\\' '\n", "\n# a comment\n", "   password_encryption   =   'scram-sha-256'   # why\n",
		}[r.IntN(10)])
	}
	return b.String()
}

// TestAgainstHBA compares generated rules with what a running cluster says it read (pg_hba_file_rules).
func TestAgainstHBA(t *testing.T) {
	c := newCluster(t)
	random := against.Random(t)
	socket := filepath.Dir(c.data)
	c.write("postgresql.conf", "listen_addresses = ''\nunix_socket_directories = '"+socket+"'\n")
	c.write("pg_hba.conf", "local all all trust\n")
	server := c.command("postgres", "-D", c.data)
	out, err := server.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Process.Signal(syscall.SIGINT); _ = server.Wait() })
	awaitReady(t, out)
	cases := against.Cases(10, 500)
	for n := range cases {
		text := "local all all trust\n" + generatedHBA(random)
		c.write("pg_hba.conf", text)
		sql := `select coalesce(string_agg(line_number||' '||type||' '||array_to_string(database,',')||' '||array_to_string(user_name,',')||' '||coalesce(address,'-')||' '||auth_method, E'\n' order by line_number),'') from pg_hba_file_rules where error is null or error like '%cannot match%'; select count(*) from pg_hba_file_rules where error is not null and error not like '%cannot match%'`
		said, err := c.command("psql", "-h", socket, "-U", "postgres", "-d", "postgres", "-AtX", "-c", sql).Output()
		if err != nil {
			t.Fatalf("case %d: %v", n, err)
		}
		all := strings.Split(strings.TrimRight(string(said), "\n"), "\n")
		want, broken := all[:len(all)-1], all[len(all)-1] != "0"
		h, err := LoadHBA(c.files(map[string]string{"pg_hba.conf": text}), filepath.Join(c.data, "pg_hba.conf"))
		if (err != nil) != broken {
			t.Fatalf("case %d: %v, the cluster finds an error: %t: %s", n, err, broken, text)
		}
		if diff := cmp.Diff(want, described(h)); err == nil && diff != "" {
			t.Fatalf("case %d: %s: %s", n, text, diff)
		}
	}
	t.Logf("%d rule files compared with pg_hba_file_rules", cases)
}

func awaitReady(t *testing.T, out interface{ Read([]byte) (int, error) }) {
	t.Helper()
	said := make([]byte, 0, 4096)
	buffer := make([]byte, 512)
	for !strings.Contains(string(said), "ready to accept connections") {
		n, err := out.Read(buffer)
		said = append(said, buffer[:n]...)
		if err != nil {
			t.Fatalf("the cluster does not start: %s", said)
		}
	}
	go func() {
		for {
			if _, err := out.Read(buffer); err != nil {
				return
			}
		}
	}()
}

func described(h *HBA) []string {
	var all []string
	for _, r := range h.Rules {
		address := "-"
		switch {
		case r.Network.IsValid():
			address = r.Network.Addr().String()
		case r.Address != "":
			address = r.Address
		}
		all = append(all, strings.ReplaceAll(fmt.Sprint(r.Line, " ", r.Type, " ", strings.Join(r.Databases, ","), " ", strings.Join(r.Users, ","), " ", address, " ", r.Method), `"`, ""))
	}
	return all
}

func generatedHBA(r *rand.Rand) string {
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	var b strings.Builder
	for range 1 + r.IntN(6) {
		kind := pick("host", "host", "hostnossl", "hostssl", "local", "hostgssenc", "hostnogssenc", "hosts")
		b.WriteString(pick("", "", "", "# why\n", "\n") + kind + " " + pick("all", "app,crm", "app, crm", `"all"`, "sameuser", "replication") + pick(" ", "\t", " \\\n ") + pick("all", "+admins", "bob,\"A b\""))
		if kind != "local" {
			b.WriteString(" " + pick("all", "10.0.0.0/8", "10.0.0.0 255.0.0.0", "samehost", "samenet", "::1/128", "db.example.com", "192.0.2.1/32", "10.0.0.0/33"))
		}
		b.WriteString(" " + pick("trust", "md5", "reject", "scram-sha-256", "password", "scram-sha-256 # last") + "\n")
	}
	return b.String()
}
