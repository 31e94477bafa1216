package probe

import (
	"context"
	"net"
	"net/netip"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tomscan/tomscan/scanners/server/against"
)

// TestAgainstOpenSSL asks real servers of one version, or of all from one, and compares with what openssl's own client is told.
func TestAgainstOpenSSL(t *testing.T) {
	openssl := against.Daemon(t, "openssl")
	dir := t.TempDir()
	key, cert := filepath.Join(dir, "key.pem"), filepath.Join(dir, "cert.pem")
	if out, err := exec.CommandContext(t.Context(), openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, "-subj", "/CN=localhost").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, flags := range []string{
		"-tls1 -cipher ALL:@SECLEVEL=0", "-tls1_1 -cipher ALL:@SECLEVEL=0", "-tls1_2", "-tls1_3", "-min_protocol TLSv1 -cipher ALL:@SECLEVEL=0",
		"-min_protocol TLSv1.1 -cipher ALL:@SECLEVEL=0", "-min_protocol TLSv1", "-tls1 -cipher CAMELLIA128-SHA:@SECLEVEL=0", "-tls1_3 -groups P-521",
		"-tls1_2 -cipher ARIA128-GCM-SHA256", "-tls1_2 -cipher aNULL:@SECLEVEL=0",
	} {
		t.Run(flags, func(t *testing.T) {
			address := start(t, openssl, append([]string{"-cert", cert, "-key", key}, strings.Fields(flags)...))
			p := &peer{subject: &subject{Options: &New(Options{}).options, target: target{host: "localhost", at: int(address.Port())}}, address: address.Addr()}
			for n, v := range []version{tls13, tls12, tls11, tls10} {
				flag := []string{"-tls1_3", "-tls1_2", "-tls1_1", "-tls1"}[n]
				client := exec.CommandContext(t.Context(), openssl, "s_client", "-connect", address.String(), flag, "-cipher", "ALL:@SECLEVEL=0")
				client.Stdin = strings.NewReader("")
				want := map[bool]verdict{true: accepted, false: refused}[client.Run() == nil]
				got, err := p.ask(t.Context(), func(ctx context.Context) (net.Conn, func(), error) { return p.call(ctx, p.at) }, v)
				if got.verdict != want {
					t.Errorf("%s: %s (%v), openssl's client says %v", v, got.detail, err, want == accepted)
				}
			}
		})
	}
}

// start starts a server and waits until it listens.
func start(t *testing.T, openssl string, flags []string) netip.AddrPort {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	_ = l.Close()
	server := exec.CommandContext(t.Context(), openssl, append([]string{"s_server", "-accept", address, "-quiet", "-www"}, flags...)...)
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); {
		if c, err := net.Dial("tcp", address); err == nil {
			_ = c.Close()
			return netip.MustParseAddrPort(address)
		}
	}
	t.Fatal("nobody listens on " + address)
	return netip.AddrPort{}
}
