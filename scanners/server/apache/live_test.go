package apache_test

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	randv2 "math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tomscan/tomscan/scanners/server/against"
	"github.com/tomscan/tomscan/scanners/server/apache"
	"github.com/tomscan/tomscan/scanners/server/webtls"
)

// certificate writes a key and a certificate for it.
func certificate(t *testing.T, dir string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "x"}, NotAfter: time.Unix(1<<32, 0)}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, map[string]string{
		"c.pem": string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})),
		"k.pem": string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})),
	})
}

// ports finds free ports of loopback.
func ports(t *testing.T, n int) []int {
	t.Helper()
	var all []int
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close() //nolint:errcheck // it only held the port
		all = append(all, l.Addr().(*net.TCPAddr).Port)
	}
	return all
}

// start runs httpd until the test ends.
func start(t *testing.T, daemon, main string, port int) {
	t.Helper()
	cmd := exec.Command(daemon, "-f", main, "-DFOREGROUND")
	cmd.Env = []string{"PATH=/usr/bin:/bin"}
	log := filepath.Join(filepath.Dir(main), "start.log")
	f, err := os.Create(log)
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr, cmd.Stdout = f, f
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
		_ = f.Close()
	})
	for deadline := time.Now().Add(10 * time.Second); ; {
		c, err := net.DialTimeout("tcp", fmt.Sprintf("127.0.0.1:%d", port), time.Second)
		if err == nil {
			_ = c.Close()
			return
		}
		if time.Now().After(deadline) {
			said, _ := os.ReadFile(log)
			t.Fatalf("httpd does not start: %s", said)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// web is a generator of virtual hosts.
type web struct {
	*randv2.Rand
	tls [4]bool // which of the ports have TLS
}

func (g *web) pick(of ...string) string { return of[g.IntN(len(of))] }

// some returns some of the lines.
func (g *web) some(of ...string) string {
	var b strings.Builder
	for range g.IntN(3) {
		b.WriteString(g.pick(of...) + "\n")
	}
	return b.String()
}

// plain writes what a host does with http.
func (g *web) plain() string {
	switch g.IntN(4) {
	case 0:
		return g.pick("Redirect permanent / https://s.example/", "RedirectMatch ^(.*)$ https://s.example$1", "RedirectMatch 301 ^/(?!\\.well-known/acme-challenge/)(.*) https://s.example/$1",
			"Redirect /a https://s.example/a", "RedirectPermanent / http://s.example/", "RedirectTemp /a/ https://s.example/", "Redirect gone /", "Redirect 404 /a", "Redirect / /b",
			"RedirectMatch ^/(a|index.html)?$ https://s.example/", "Redirect /a http://s.example/\nRedirect / https://s.example/", "Redirect seeother / https://s.example/\nAlias /a /tmp",
			"<Location />\nRedirect permanent / https://s.example/\n</Location>", "<Location /a>\nRequire all denied\n</Location>\nRedirect / https://s.example/") + "\n"
	case 1:
		rule := g.pick("RewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [L,R=301]", "RewriteRule ^(.*)$ https://s.example$1 [R,L]", "RewriteRule ^/?(.*) https://%{SERVER_NAME}/$1 [END,NE,R=permanent]",
			"RewriteRule ^/a - [L]", "RewriteRule . - [F]", "RewriteRule ^/index\\.html$ https://s.example/ [R=302,L]", "RewriteRule ^/$ /index.html [PT]", "RewriteRule .* http://s.example/ [R]",
			"RewriteRule ^/b/(.*) /a/$1 [L]", "RewriteRule !^/\\.well-known/ https://s.example%{REQUEST_URI} [R=301,L]")
		rule2 := g.pick("", "", "RewriteRule ^(.*)$ https://s.example$1 [R=301,L]", "RewriteRule ^/a - [G]")
		cond := g.some("RewriteCond %{HTTPS} off", "RewriteCond %{HTTPS} !=on", "RewriteCond %{HTTPS} on", "RewriteCond %{SERVER_PORT} !^443$", "RewriteCond %{HTTP_HOST} ^one\\.example [NC]",
			"RewriteCond %{HTTP_HOST} ^two\\.example [OR]", "RewriteCond %{REQUEST_URI} !^/\\.well-known/acme-challenge/", "RewriteCond %{REQUEST_URI} !^/a", "RewriteCond %{HTTP:X-Forwarded-Proto} !https",
			"RewriteCond %{SERVER_NAME} =one.example", "RewriteCond %{REQUEST_FILENAME} !-f", "RewriteCond %{REQUEST_METHOD} GET", "RewriteCond %{REQUEST_SCHEME} =http")
		return g.pick("RewriteEngine on\n", "RewriteEngine On\n", "RewriteEngine off\n", "RewriteEngine on\n", "") + cond + rule + "\n" + rule2 + "\n"
	case 2:
		return g.pick("<Location />\nRequire all denied\n</Location>\n", "<Location /a>\nRequire all denied\n</Location>\n", "<Directory />\nRequire all denied\n</Directory>\n",
			"<Directory ${ROOT}/www>\nRewriteEngine on\nRewriteRule ^(.*)$ https://s.example/$1 [R=301,L]\n</Directory>\n", "<If \"%{HTTPS} != 'on'\">\nRedirect permanent / https://s.example/\n</If>\n",
			"<Directory ${ROOT}/www/a>\nRequire all denied\n</Directory>\n", "<LocationMatch ^/>\nSSLRequireSSL\n</LocationMatch>\n", "<LocationMatch .*>\nRequire all denied\n</LocationMatch>\n<Location /a>\nRequire all granted\n</Location>\n",
			"<Files index.html>\nRequire all denied\n</Files>\n", "DocumentRoot ${ROOT}/other\n")
	}
	return g.some("<Location /a>\nRequire all denied\n</Location>", "Alias /b ${ROOT}/www/a")
}

// secure writes what a host does over TLS.
func (g *web) secure() string {
	return g.some("SSLProtocol TLSv1.2", "SSLProtocol TLSv1.3", "SSLProtocol all", "SSLProtocol all -TLSv1.3", "SSLProtocol -all +TLSv1.2 +TLSv1.3", "SSLProtocol TLSv1.2 TLSv1.3", "SSLProtocol +TLSv1.3",
		"SSLProtocol TLSv1 TLSv1.1 +TLSv1.2", "SSLProtocol all -TLSv1.2", "SSLCipherSuite DEFAULT@SECLEVEL=0", "SSLCipherSuite HIGH:!aNULL", "SSLCipherSuite TLSv1.3 TLS_AES_128_GCM_SHA256", "SSLCipherSuite ALL@SECLEVEL=0") +
		g.some("Header set Strict-Transport-Security \"max-age=31536000; includeSubDomains\"", "Header always set Strict-Transport-Security max-age=100", "Header unset Strict-Transport-Security",
			"<Location />\nHeader set Strict-Transport-Security max-age=200\n</Location>", "<Location /a>\nHeader unset Strict-Transport-Security\n</Location>", "Header always set Strict-Transport-Security max-age=300 env=HTTPS",
			"<Location /a>\nHeader set Strict-Transport-Security max-age=5\n</Location>", "<Directory ${ROOT}/www>\nHeader add Strict-Transport-Security max-age=77\n</Directory>", "Header setifempty Strict-Transport-Security max-age=9")
}

// configuration writes a main file with up to six hosts on four ports.
func (g *web) configuration(dir string, at []int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "ServerRoot %s\nServerName main.example\nDefine ROOT %s\nPidFile %s/pid\nErrorLog %s/error.log\nUser nobody\nGroup nogroup\nDocumentRoot %s/www\nStartServers 1\nThreadsPerChild 25\nMaxRequestWorkers 25\nServerLimit 1\n", dir, dir, dir, dir, dir)
	b.WriteString(load("mpm_event", "authn_core", "authz_core", "alias", "dir", "headers", "rewrite", "env", "ssl"))
	fmt.Fprintf(&b, "SSLCertificateFile %s/c.pem\nSSLCertificateKeyFile %s/k.pem\nMutex file:%s default\n", dir, dir, dir)
	for n, port := range at {
		fmt.Fprintf(&b, "Listen 127.0.0.1:%d\n", port)
		g.tls[n] = n >= 2
	}
	b.WriteString(g.pick("", "", g.plain()) + g.pick("", "", g.secure()))
	for n := range 6 {
		port := at[g.IntN(len(at))]
		address := g.pick("*", "*", "*", "127.0.0.1", "_default_", "127.0.0.2")
		fmt.Fprintf(&b, "<VirtualHost %s:%d>\n", address, port)
		b.WriteString(g.pick("", "ServerName one.example\n", "ServerName two.example\n", "ServerName three.example\nServerAlias *.three.example one.example\n", "ServerName four.example\n"))
		if slices.Index(at, port) >= 2 {
			b.WriteString(g.pick("SSLEngine on\n", "SSLEngine on\n", "SSLEngine on\n", "SSLEngine off\n", ""))
			b.WriteString(g.secure())
		}
		b.WriteString(g.pick("", g.plain()))
		fmt.Fprintf(&b, "SetEnv HOST %d\n</VirtualHost>\n", n)
	}
	return b.String()
}

// ask sends one request and returns status, target and HSTS.
func ask(ctx context.Context, conn net.Conn, host, path string) (int, string, []string) {
	_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
	fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", path, host)
	request, _ := http.NewRequestWithContext(ctx, http.MethodGet, "http://x/", nil)
	response, err := http.ReadResponse(bufio.NewReader(conn), request)
	if err != nil {
		return 0, err.Error(), nil
	}
	defer response.Body.Close() //nolint:errcheck // nothing is read
	return response.StatusCode, response.Header.Get("Location"), response.Header.Values("Strict-Transport-Security")
}

func TestAgainstRunningServer(t *testing.T) {
	daemon := against.Daemon(t, "apache2")
	against.Superuser(t)
	r, v := against.Random(t), version(t, daemon)
	library, err := exec.CommandContext(t.Context(), against.Daemon(t, "openssl"), "version").Output()
	if err != nil {
		t.Fatal(err)
	}
	var seen tally
	for n := range against.Cases(4, 200) {
		t.Run(strconv.Itoa(n), func(t *testing.T) {
			dir := t.TempDir()
			if err := os.Chmod(filepath.Dir(dir), 0o755); err != nil {
				t.Fatal(err)
			}
			certificate(t, dir)
			at := ports(t, 4)
			g := &web{Rand: r}
			write(t, dir, map[string]string{"www/index.html": "x", "www/a/page": "x", "www/a/index.html": "x", "other/index.html": "x", "main.conf": g.configuration(dir, at)})
			path := filepath.Join(dir, "main.conf")
			if out, err := exec.CommandContext(t.Context(), daemon, "-f", path, "-t").CombinedOutput(); err != nil {
				t.Fatalf("httpd does not take it: %s", out)
			}
			files := memory(t, dir) // before the server writes files of its own
			start(t, daemon, path, at[0])
			s := apache.Of(apache.Read(files, apache.Options{Main: path, Root: "/etc/apache2", Static: staticModules, Version: v}))
			l := live{T: t, server: s, library: webtls.Library(string(library), files), seen: &seen}
			if got, want := vhosts(s), dumpedHosts(t, daemon, path); !slices.Equal(got, want) {
				t.Errorf("hosts %v, httpd has %v", got, want)
			}
			for _, socket := range s.Sockets() {
				for _, h := range socket.Hosts {
					l.compare(socket, h)
				}
			}
			if t.Failed() {
				config, _ := os.ReadFile(path)
				t.Logf("%s", config)
			}
		})
	}
	t.Logf("stopped %d, answered %d, unknown %d; TLS %d, HSTS %d, unknown %d", seen.stopped, seen.answered, seen.unknown, seen.tls, seen.hsts, seen.hstsUnknown)
	if seen.unknown*10 > seen.stopped+seen.answered+seen.unknown {
		t.Errorf("more than a tenth is not known")
	}
}

type tally struct{ stopped, answered, unknown, tls, hsts, hstsUnknown int }

// live compares one server with what is computed of it.
type live struct {
	*testing.T
	server  *apache.Server
	library webtls.OpenSSL
	seen    *tally
}

// hosts are Host headers that reach a host.
func (l live) hosts(k apache.Socket, h *apache.Host) []string {
	var all []string
	for _, name := range []string{"one.example", "two.example", "three.example", "sub.three.example", "four.example", "main.example", "unknown.example"} {
		if k.For(name) == h {
			all = append(all, name)
		}
	}
	return all
}

var probes = []string{"/", "/index.html", "/a", "/a/", "/a/page", "/b/page", "/index.htmlx", "/nothing/there", "/?q=1"}

// compare asks a host everything.
func (l live) compare(k apache.Socket, h *apache.Host) {
	if k.IP.IsValid() && k.IP.String() != "127.0.0.1" {
		return
	}
	address := fmt.Sprintf("127.0.0.1:%d", k.Listen.Port)
	if t := k.TLS(h); t.On {
		l.secure(k, h, t, address)
		return
	}
	plain := k.Plain(h)
	var got []string
	for _, host := range l.hosts(k, h) {
		for _, path := range append(slices.Clone(probes), plain.Path) {
			if path == "" {
				continue
			}
			var d net.Dialer
			conn, err := d.DialContext(l.Context(), "tcp", address)
			if err != nil {
				l.Fatal(err)
			}
			status, target, _ := ask(l.Context(), conn, fmt.Sprintf("%s:%d", host, k.Listen.Port), path)
			_ = conn.Close()
			redirected := status >= 300 && status < 400 && strings.HasPrefix(target, "https://")
			if !redirected && status != http.StatusForbidden && status != http.StatusGone {
				got = append(got, fmt.Sprintf("%s%s: %d %s", host, path, status, target))
			}
		}
	}
	switch plain.Verdict {
	case apache.Stopped:
		l.seen.stopped++
		if len(got) > 0 && !onlyGone(got) {
			l.Errorf("%s host of line %d is said to be stopped, but: %v", address, h.At.Line, got)
		}
	case apache.Answered:
		l.seen.answered++
		if len(got) == 0 && len(l.hosts(k, h)) > 0 {
			l.Errorf("%s host of line %d is said to answer: %v", address, h.At.Line, plain)
		}
	default:
		l.seen.unknown++
		l.Logf("unknown: host of line %d: %v", h.At.Line, plain.Doubt)
	}
}

// onlyGone says that all answers are refusals of "Redirect 404".
func onlyGone(got []string) bool {
	return !slices.ContainsFunc(got, func(s string) bool { return !strings.HasSuffix(s, ": 404 ") })
}

// secure compares protocols and HSTS.
func (l live) secure(k apache.Socket, h *apache.Host, settings apache.TLS, address string) {
	var enabled []webtls.Version
	for _, p := range settings.Protocols {
		enabled = append(enabled, webtls.Named(p))
	}
	lowest, why := l.library.Negotiable(enabled, settings.Ciphers)
	if settings.Doubt != nil || why != "" && why != webtls.Nothing {
		l.Errorf("host of line %d: not known: %v %v", h.At.Line, settings.Doubt, why)
		return
	}
	for _, host := range l.hosts(k, h) {
		l.seen.tls++
		real := webtls.None
		for _, version := range []uint16{tls.VersionTLS13, tls.VersionTLS12, tls.VersionTLS11, tls.VersionTLS10} {
			if l.handshake(address, host, version) {
				real = webtls.Version(10 + version - tls.VersionTLS10)
			}
		}
		if real != lowest {
			l.Errorf("%s %s, host of line %d: %v negotiated, computed %v of %v with %q", address, host, h.At.Line, real, lowest, settings.Protocols, settings.Ciphers)
		}
		if real != webtls.None {
			l.hsts(h, address, host)
		}
	}
}

// handshake says whether the server agrees on a version. Go's client takes old ones at no security level.
func (l live) handshake(address, host string, version uint16) bool {
	d := tls.Dialer{Config: &tls.Config{ServerName: host, InsecureSkipVerify: true, MinVersion: version, MaxVersion: version}} //nolint:gosec // old versions are what is asked for
	conn, err := d.DialContext(l.Context(), "tcp", address)
	if err == nil {
		_ = conn.Close()
	}
	return err == nil
}

// hsts compares the weakest field of all paths.
func (l live) hsts(h *apache.Host, address, host string) {
	want := h.HSTS()
	if want.Doubt != nil {
		l.seen.hstsUnknown++
		return
	}
	l.seen.hsts++
	weakest, all, refused := -1, []string{}, false
	for _, path := range []string{"/index.html", "/a/page"} {
		conn, err := (&tls.Dialer{Config: &tls.Config{ServerName: host, InsecureSkipVerify: true}}).DialContext(l.Context(), "tcp", address) //nolint:gosec // its own certificate
		if err != nil {
			return
		}
		status, _, fields := ask(l.Context(), conn, host+":443", path)
		_ = conn.Close()
		age := 0
		if len(fields) > 0 {
			_, _ = fmt.Sscanf(strings.ToLower(fields[0]), "max-age=%d", &age)
		}
		all = append(all, fmt.Sprintf("%s %d %v", path, status, fields))
		refused = refused || status != http.StatusOK
		if status == http.StatusOK && (weakest < 0 || age < weakest) {
			weakest = age
		}
	}
	if weakest >= 0 && want.Seconds != weakest && (!refused || want.Seconds > weakest) { // a section that refuses sends no field
		l.Errorf("%s %s, host of line %d: HSTS %d, computed %d (line %d): %v", address, host, h.At.Line, weakest, want.Seconds, want.At.Line, all)
	}
}
