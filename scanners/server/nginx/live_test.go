package nginx

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/tomscan/tomscan/scanners/server/against"
	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/webtls"
)

// TestAgainstRunningServers starts nginx with generated servers, sends real requests and holds every verdict to the answers.
func TestAgainstRunningServers(t *testing.T) {
	program := against.Daemon(t, "nginx")
	random := against.Random(t)
	dir := t.TempDir()
	cert, key := certificate(t, dir)
	root := filepath.Join(dir, "www")
	for _, p := range paths() {
		write(t, filepath.Join(root, p), "content", strings.HasSuffix(p, "/"))
	}
	build := Build{Version: Version(output(t, program, "-v")), OpenSSL: webtls.Library(output(t, program, "-V"), capture.MemoryOf(map[string]string{"/etc/debian_version": "12"}))}
	var total tally
	for n := range against.Cases(5, 200) {
		ports := addresses(t, 4)
		g := &generator{Rand: random, root: root, cert: cert, key: key, plain: ports[:2], secure: ports[2:], log: filepath.Join(dir, fmt.Sprint("log", n))}
		text := g.config()
		file := filepath.Join(dir, "nginx.conf")
		write(t, file, text, false)
		stop := start(t, program, dir, append(g.plain, g.secure...), text)
		c, err := Load(capture.MemoryOf(map[string]string{file: text}), file)
		if err != nil {
			t.Fatal(err)
		}
		l := &live{T: t, sites: Read(c, build, capture.MemoryOf(nil), dir), log: g.log, text: text}
		seen := l.compare(&total)
		stop() // now everything is logged
		l.compareSites(seen, &total)
		if t.Failed() {
			t.Logf("configuration %d:\n%s", n, text)
			return
		}
	}
	t.Logf("%+v", total)
	if total.unknown*5 > total.redirects {
		t.Errorf("%d of %d redirects are unknown", total.unknown, total.redirects)
	}
}

// tally counts what was compared.
type tally struct{ redirects, unknown, yes, versions, hsts, logs int }

// live is a running server with what is said of it.
type live struct {
	*testing.T
	sites Sites
	log   string
	text  string
	asked int
}

// compare asks every listener.
func (l *live) compare(total *tally) map[string]*observed {
	perSite := map[string]*observed{}
	for _, at := range l.sites.Listeners {
		for _, host := range hostsOf(at) {
			o := l.ask(at, host)
			if at.TLS {
				l.versions(at, host, total)
			} else if at.Redirects.Known && host == hostsOf(at)[0] {
				total.redirects++
				if at.Redirects.Value {
					total.yes++
				}
			} else if host == hostsOf(at)[0] {
				total.redirects++
				total.unknown++
			}
			if !at.TLS && at.Redirects.Known && at.Redirects.Value && !o.onlyHTTPS {
				l.Errorf("%s for %q: said to lead to https only, but %s", at.Socket.Name, host, o.other)
			}
			key := at.Socket.Name + "/" + at.Name
			if perSite[key] == nil {
				perSite[key] = &observed{onlyHTTPS: true, hsts: 1 << 30}
			}
			perSite[key].merge(o)
		}
		o := perSite[at.Socket.Name+"/"+at.Name]
		if !at.TLS && at.Redirects.Known && !at.Redirects.Value && o.onlyHTTPS && len(o.ids) > 0 {
			l.Errorf("%s for %q: said to serve plain, but no request shows it (%v)", at.Socket.Name, at.Name, at.Redirects.At)
		}
	}
	return perSite
}

// compareSites holds what is said of sites to what was seen of all their listeners.
func (l *live) compareSites(seen map[string]*observed, total *tally) {
	log, err := os.ReadFile(l.log)
	if err != nil {
		l.Fatal(err)
	}
	for _, site := range l.sites.Sites {
		all := &observed{hsts: 1 << 30}
		some, silent := false, false // silent: nothing was answered, for no version of TLS could be agreed on
		name := site.Name
		if name == "" {
			name = "_"
		}
		for _, at := range l.sites.Listeners {
			if at.Name != name {
				continue
			}
			some = true
			silent = silent || len(seen[at.Socket.Name+"/"+at.Name].ids) == 0
			o := *seen[at.Socket.Name+"/"+at.Name]
			if !at.TLS {
				o.hsts = 1 << 30
			}
			all.merge(&o)
		}
		if !some {
			continue
		}
		if site.HSTS.Known && all.hsts != 1<<30 {
			total.hsts++
			if site.HSTS.Value != all.hsts {
				l.Errorf("%q: HSTS of %d days said, %d seen %v", site.Name, site.HSTS.Value, all.hsts, site.HSTS.At)
			}
		}
		if site.Logged.Known && len(all.ids) > 0 {
			total.logs++
			logged := !slices.ContainsFunc(all.ids, func(id string) bool { return !strings.Contains(string(log), id) })
			if logged != site.Logged.Value && !(logged && silent) {
				l.Errorf("%q: logging said to be %v, is %v %v", site.Name, site.Logged.Value, logged, site.Logged.At)
			}
		}
	}
}

// observed is what the answers for one server show.
type observed struct {
	onlyHTTPS bool
	other     string
	hsts      int
	ids       []string // of requests that were answered
}

func (o *observed) merge(p *observed) {
	o.onlyHTTPS = o.onlyHTTPS && p.onlyHTTPS
	o.hsts = min(o.hsts, p.hsts)
	o.ids = append(o.ids, p.ids...)
}

// hostsOf are the hosts to ask for at a listener.
func hostsOf(at Listener) []string {
	name := strings.Replace(at.Name, "*", "any", 1)
	all := []string{name}
	if at.Name == "_" {
		all[0] = "unknown.example"
		if !at.Default {
			all[0] = "" // without a name: chosen by an empty host only
		}
	} else if at.Default {
		all = append(all, "unknown.example")
	}
	return all
}

// ask sends requests in several ways.
func (l *live) ask(at Listener, host string) *observed {
	o := &observed{onlyHTTPS: true, hsts: 1 << 30}
	transport := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true, ServerName: sni(host)}, DisableKeepAlives: true} //nolint:gosec // the test's own certificate
	client := &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Timeout: 10 * time.Second}
	defer transport.CloseIdleConnections()
	var ids []string
	for _, p := range paths() {
		for n, header := range []string{"", "X-Skip: 1", "X-Forwarded-Proto: http"} {
			if at.TLS && n > 0 || host == "" {
				continue
			}
			method := http.MethodGet
			if n == 1 && p == "/x" {
				method = http.MethodPost
			}
			l.asked++
			id := fmt.Sprintf("id=%dq", l.asked)
			status, location, hsts, err := l.send(client, at, host, method, p+"?"+id, header)
			if err == nil || errors.Is(err, errClosed) {
				ids = append(ids, id)
			}
			if err == nil && (status < 400 && !strings.HasPrefix(location, "https://")) && !strings.HasPrefix(p, "/.well-known/acme-challenge/") {
				o.onlyHTTPS, o.other = false, fmt.Sprintf("%s %s (%s) answers %d %s", method, p, header, status, location)
			}
			if err == nil && status < 400 {
				o.hsts = min(o.hsts, days(hsts))
			}
		}
	}
	o.ids = ids
	return o
}

// errClosed says that the server closed the connection without an answer.
var errClosed = errors.New("closed")

func (l *live) send(c *http.Client, at Listener, host, method, target, header string) (int, string, string, error) {
	scheme := "http"
	if at.TLS {
		scheme = "https"
	}
	r, err := http.NewRequestWithContext(l.Context(), method, scheme+"://"+at.Socket.Name+target, nil)
	if err != nil {
		l.Fatal(err)
	}
	r.Host = host
	if name, value, ok := strings.Cut(header, ": "); ok {
		r.Header.Set(name, value)
	}
	response, err := c.Do(r)
	if err != nil {
		if at.TLS {
			return 0, "", "", err
		}
		return 0, "", "", errClosed
	}
	_ = response.Body.Close()
	return response.StatusCode, response.Header.Get("Location"), response.Header.Get("Strict-Transport-Security"), nil
}

func sni(host string) string {
	if host == "" {
		return "unknown.example"
	}
	return host
}

// versions holds what is said of TLS to real handshakes.
func (l *live) versions(at Listener, host string, total *tally) {
	if host == "" {
		return
	}
	got := webtls.None
	for n, v := range []uint16{tls.VersionTLS10, tls.VersionTLS11, tls.VersionTLS12, tls.VersionTLS13} {
		if l.handshake(at.Socket.Name, sni(host), v) {
			got = webtls.TLS10 + webtls.Version(n)
			break
		}
	}
	total.versions++
	said := at.Versions.Min
	switch {
	case said.Known && said.Value != got:
		l.Errorf("%s for %q: %v said, %v agreed on", at.Socket.Name, host, said.Value, got)
	case !said.Known && (said.What != string(webtls.Nothing) || got != webtls.None):
		l.Errorf("%s for %q: not known for %q, %v agreed on", at.Socket.Name, host, said.What, got)
	}
}

func (l *live) handshake(address, name string, version uint16) bool {
	var suites []uint16
	for _, s := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
		suites = append(suites, s.ID)
	}
	config := &tls.Config{InsecureSkipVerify: true, ServerName: name, MinVersion: version, MaxVersion: version, CipherSuites: suites} //nolint:gosec // old versions are what is asked for
	c, err := (&tls.Dialer{NetDialer: &net.Dialer{Timeout: 10 * time.Second}, Config: config}).DialContext(l.Context(), "tcp", address)
	if err == nil {
		_ = c.Close()
	}
	return err == nil
}

// start runs nginx until the function that it returns is called.
func start(t *testing.T, program, dir string, addresses []string, text string) func() {
	ctx, cancel := context.WithCancel(t.Context())
	c := exec.CommandContext(ctx, program, "-p", dir, "-c", filepath.Join(dir, "nginx.conf"), "-g", "daemon off; master_process off;")
	c.Cancel = func() error { return c.Process.Signal(syscall.SIGQUIT) } // it writes its log first
	var said strings.Builder
	c.Stderr = &said
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = c.Wait() // it ends by a signal
		close(ended)
	}()
	for _, address := range addresses {
		if !strings.Contains(text, "listen "+address) {
			continue
		}
		for {
			if conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", address); err == nil {
				_ = conn.Close()
				break
			}
			select {
			case <-ended:
				t.Fatalf("nginx ended: %s\n%s", said.String(), text)
			case <-time.After(time.Millisecond):
			}
		}
	}
	return func() {
		cancel()
		<-ended
	}
}

// addresses returns addresses that nobody listens on.
func addresses(t *testing.T, n int) []string {
	var all []string
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = l.Close() }()
		all = append(all, l.Addr().String())
	}
	return all
}

// certificate makes files of a certificate and its key.
func certificate(t *testing.T, dir string) (string, string) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, secret := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	write(t, cert, string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})), false)
	write(t, secret, string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)})), false)
	return cert, secret
}

// write writes a file, or index.html in a directory.
func write(t *testing.T, file, text string, index bool) {
	if index {
		file = filepath.Join(file, "index.html")
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// output is what a program says.
func output(t *testing.T, program string, args ...string) string {
	out, err := exec.CommandContext(t.Context(), program, args...).CombinedOutput()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
