package webtls

import (
	"fmt"
	"net"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tomscan/tomscan/scanners/server/against"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// TestAgainstOpenSSL starts real servers with cipher lists, and asks them in every version.
func TestAgainstOpenSSL(t *testing.T) {
	openssl := against.Daemon(t, "openssl")
	dir := t.TempDir()
	key, cert := filepath.Join(dir, "key.pem"), filepath.Join(dir, "cert.pem")
	run(t, exec.CommandContext(t.Context(), openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, "-subj", "/CN=localhost"))
	says, err := exec.CommandContext(t.Context(), openssl, "version").Output()
	if err != nil {
		t.Fatal(err)
	}
	library := Library(string(says), capture.MemoryOf(map[string]string{"/etc/debian_version": "12"}))
	lists := []string{
		"HIGH:!aNULL:!MD5", "HIGH:@SECLEVEL=0", "ECDHE+AESGCM:@SECLEVEL=0", "ECDHE+AESGCM:AES128-SHA:@SECLEVEL=0", "DEFAULT@SECLEVEL=1", "HIGH:!SHA1:@SECLEVEL=0",
		"HIGH:-SHA:@SECLEVEL=0", "-SHA:HIGH:@SECLEVEL=0", "@SECLEVEL=0:HIGH:@SECLEVEL=2", "TLSv1.2:@SECLEVEL=0", "SHA256:SHA384:@SECLEVEL=0",
		"ECDHE-RSA-AES128-SHA:@SECLEVEL=0", "ALL:!ARIA:!CAMELLIA:@SECLEVEL=0", "kEDH+AESCCM:@SECLEVEL=0", "HIGH:+SHA1:@SECLEVEL=0", "HIGH:!TLSv1.2:@SECLEVEL=0",
	}
	for _, list := range lists[:against.Cases(4, len(lists))] {
		t.Run(list, func(t *testing.T) {
			want, _ := library.Negotiable([]Version{TLS10, TLS11, TLS12, TLS13}, list)
			got := lowest(t, openssl, cert, key, list)
			if got != want {
				t.Errorf("a real server accepts %v, Negotiable says %v", got, want)
			}
		})
	}
}

// lowest is the lowest version that a server with the list accepts.
func lowest(t *testing.T, openssl, cert, key, list string) Version {
	port := free(t)
	server := exec.CommandContext(t.Context(), openssl, "s_server", "-accept", port, "-cert", cert, "-key", key, "-quiet", "-www", "-min_protocol", "TLSv1", "-cipher", list)
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	await(t, port)
	for flag, v := range []Version{TLS10, TLS11, TLS12, TLS13} {
		name := []string{"-tls1", "-tls1_1", "-tls1_2", "-tls1_3"}[flag]
		client := exec.CommandContext(t.Context(), openssl, "s_client", "-connect", port, name, "-cipher", "ALL:@SECLEVEL=0")
		client.Stdin = strings.NewReader("")
		if client.Run() == nil {
			return v
		}
	}
	return None
}

// free is an address that nobody listens on.
func free(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}

// await waits until somebody listens.
func await(t *testing.T, address string) {
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); {
		if c, err := net.Dial("tcp", address); err == nil {
			_ = c.Close()
			return
		}
	}
	t.Fatal("nobody listens on " + address)
}

func run(t *testing.T, c *exec.Cmd) {
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatal(fmt.Errorf("%s: %w: %s", c, err, out))
	}
}
