package redis

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/against"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

func TestLoad(t *testing.T) {
	c, err := Load(capture.MemoryOf(map[string]string{
		"/etc/redis/redis.conf":    "bind 127.0.0.1 -::1\nPORT 6379\n# port 1\ninclude /etc/redis/conf.d/*.conf\nprotected-mode no\nrequirepass \"a \\\"b\"\n",
		"/etc/redis/conf.d/a.conf": "port 6380\nprotected-mode yes\n",
	}), "/etc/redis/redis.conf")
	if err != nil || c.Unread != nil {
		t.Fatal(err, c.Unread)
	}
	bind, _ := c.Last("bind")
	got := []any{bind, c.Value("port", ""), c.Value("protected-mode", ""), c.Value("requirepass", ""), c.Value("tls-port", "0")}
	want := []any{Directive{"bind", []string{"127.0.0.1", "-::1"}, "/etc/redis/redis.conf", 1}, "6380", "no", `a "b`, "0"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	c.Arguments("redis-server 127.0.0.1:6379 --port 7000 --bind 0.0.0.0 ::")
	if bind, _ = c.Last("bind"); c.Value("port", "") != "7000" || len(bind.Args) != 2 {
		t.Error(bind)
	}
}

func TestWhatCannotBeReadIsSaid(t *testing.T) {
	m := capture.NewMemory("/etc/redis")
	m.Add("/etc/redis/redis.conf", capture.Info{}, []byte("include /srv/x.conf\n"), nil)
	if c, err := Load(m, "/etc/redis/redis.conf"); err != nil || len(c.Unread) != 1 || !errors.Is(c.Unread[0].Err, capture.ErrNotCollected) {
		t.Error(c, err)
	}
	for _, text := range []string{"a \"b\n", "a \"b\"c\n"} {
		if _, err := Load(capture.MemoryOf(map[string]string{"/r": text}), "/r"); err == nil {
			t.Errorf("%q was read", text)
		}
	}
	if c, err := Load(capture.MemoryOf(map[string]string{"/r": "include /r\n"}), "/r"); err != nil || c.Unread == nil {
		t.Error("an endless include was read")
	}
}

// TestIncludesDoNotMultiply holds that a file which names itself many times ends: each line alone would read 40 more, ten deep.
func TestIncludesDoNotMultiply(t *testing.T) {
	m := capture.MemoryOf(map[string]string{"/etc/redis/redis.conf": strings.Repeat("include /etc/redis/redis.conf\n", 40)})
	c, err := Load(m, "/etc/redis/redis.conf")
	if err != nil || c.Unread == nil || len(c.Files) > 2000 {
		t.Errorf("%v, %v, %d files", err, c.Unread, len(c.Files))
	}
}

func FuzzLoad(f *testing.F) {
	f.Add("bind 127.0.0.1\nrequirepass \"x y\"\ninclude /r*\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := Load(capture.MemoryOf(map[string]string{"/r": text}), "/r")
		if err != nil {
			return
		}
		for _, d := range c.all {
			if d.Name == "" || d.Name != strings.ToLower(d.Name) {
				t.Errorf("%v", d)
			}
		}
	})
}

// TestAgainstRedis compares generated files with what a running server says of its configuration.
func TestAgainstRedis(t *testing.T) {
	program := against.Daemon(t, "redis-server")
	random := against.Random(t)
	cases := against.Cases(3, 60)
	for n := range cases {
		dir := t.TempDir()
		socket := filepath.Join(dir, "s")
		texts := map[string]string{"main.conf": generated(random) + "include " + dir + "/more-*.conf\n" + generated(random) + "port 0\nunixsocket " + socket + "\ndir " + dir + "\n", "more-a.conf": generated(random), "more-b.conf": generated(random)}
		under := map[string]string{}
		for name, text := range texts {
			under[filepath.Join(dir, name)] = text
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		c, err := Load(capture.MemoryOf(under), filepath.Join(dir, "main.conf"))
		if err != nil || c.Unread != nil {
			t.Fatal(err, c.Unread)
		}
		server := exec.CommandContext(t.Context(), program, filepath.Join(dir, "main.conf"))
		out, err := server.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := server.Start(); err != nil {
			t.Fatal(err)
		}
		await(t, out)
		for _, name := range []string{"maxmemory-policy", "timeout", "protected-mode", "tcp-keepalive"} {
			if want, got := asked(t, socket, name), c.Value(name, "?"); got != "?" && got != want {
				t.Errorf("case %d: %s is %q, the server has %q: %q", n, name, got, want, texts)
			}
		}
		_ = server.Process.Kill()
		_ = server.Wait()
	}
	t.Logf("%d configurations compared with redis-server", cases)
}

// await reads until the server says that it takes connections.
func await(t *testing.T, out interface{ Read([]byte) (int, error) }) {
	t.Helper()
	var said []byte
	buffer := make([]byte, 1024)
	for !strings.Contains(string(said), "ready to accept") && !strings.Contains(string(said), "now ready") {
		n, err := out.Read(buffer)
		said = append(said, buffer[:n]...)
		if err != nil {
			t.Fatalf("the server does not start: %s", said)
		}
	}
}

func asked(t *testing.T, socket, name string) string {
	t.Helper()
	var d net.Dialer
	conn, err := d.DialContext(t.Context(), "unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := fmt.Fprintf(conn, "CONFIG GET %s\r\n", name); err != nil {
		t.Fatal(err)
	}
	buffer := make([]byte, 4096)
	n, err := conn.Read(buffer)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(buffer[:n]), "\r\n")
	if len(lines) < 5 {
		t.Fatalf("%q", buffer[:n])
	}
	return lines[4]
}

func generated(r *rand.Rand) string {
	var b strings.Builder
	for range r.IntN(5) {
		b.WriteString([]string{"timeout 10\n", "TIMEOUT 20\n", "protected-mode no\n", "protected-mode yes\n", "maxmemory-policy allkeys-lru\n", "maxmemory-policy \"noeviction\"\n",
			"tcp-keepalive 60\n", "# timeout 5\n", "  tcp-keepalive   'ZZ'\n"}[r.IntN(8)])
	}
	return b.String()
}
