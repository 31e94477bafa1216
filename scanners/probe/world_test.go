package probe

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"math/big"
	"net"
	"net/netip"
	"testing"
	"time"

	"github.com/tomscan/tomscan/evidence"
)

// testTime is the time of all runs.
var testTime = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// authority signs certificates of tests.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(t testing.TB) authority {
	t.Helper()
	key := newKey(t)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "roots"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: testTime.AddDate(-5, 0, 0), NotAfter: testTime.AddDate(5, 0, 0), KeyUsage: x509.KeyUsageCertSign}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return authority{cert, key}
}

func newKey(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// pool trusts the authority alone.
func (a authority) pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(a.cert)
	return pool
}

// signed is a certificate for a host until a time.
func (a authority) signed(t testing.TB, host string, until time.Time) tls.Certificate {
	t.Helper()
	key := newKey(t)
	template := &x509.Certificate{SerialNumber: big.NewInt(2), NotBefore: testTime.AddDate(-1, 0, 0), NotAfter: until,
		DNSNames: []string{host}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, &key.PublicKey, a.key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// serve serves each connection until the test ends.
func serve(t testing.TB, network string, each func(net.Conn)) net.Listener {
	t.Helper()
	address := "127.0.0.1:0"
	if network == "tcp6" {
		address = "[::1]:0"
	}
	l, err := net.Listen(network, address)
	if err != nil {
		t.Skipf("no listener: %v", err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer func() { _ = conn.Close() }()
				each(conn)
			}()
		}
	}()
	return l
}

// world is where names and ports of a test lead: port -> listener. Other ports are refused.
type world struct {
	names map[string][]netip.Addr
	ports map[string]net.Listener
}

// options are those of a run in the world.
func (w world) options(roots *x509.CertPool, endpoints ...string) Options {
	closed, _ := net.Listen("tcp", "127.0.0.1:0")
	nobody := closed.Addr().String()
	_ = closed.Close()
	return Options{
		Endpoints: endpoints, Roots: roots, At: testTime, Timeout: 20 * time.Second,
		Resolve: func(_ context.Context, host string) ([]netip.Addr, error) {
			if all, ok := w.names[host]; ok {
				return all, nil
			}
			return nil, &net.DNSError{Name: host, IsNotFound: true}
		},
		Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
			to := nobody
			if _, port, _ := net.SplitHostPort(address); w.ports[port] != nil {
				to = w.ports[port].Addr().String()
			}
			return (&net.Dialer{}).DialContext(ctx, network, to)
		},
	}
}

// site is a world with one host that has one address.
func site(ports map[string]net.Listener) world {
	return world{names: map[string][]netip.Addr{"www.example.com": {netip.MustParseAddr("192.0.2.1")}}, ports: ports}
}

// collect runs the collector.
func collect(t testing.TB, o Options) evidence.Snapshot {
	t.Helper()
	s, err := New(o).Collect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// told are the settings of each fact: the value, or the code of the reason in parentheses; + says that it is incomplete.
func told(s evidence.Snapshot) map[string]map[string]any {
	all := map[string]map[string]any{}
	for _, f := range s.Facts {
		all[f.ID] = map[string]any{}
		for name, r := range f.Settings {
			switch {
			case r.State == evidence.StateKnown && len(r.More) > 0:
				all[f.ID][name+"+"] = r.Value
			case r.State == evidence.StateKnown:
				all[f.ID][name] = r.Value
			default:
				all[f.ID][name] = "(" + r.Why.Code + ")"
			}
		}
	}
	return all
}

// codes are the codes of the gaps.
func codes(s evidence.Snapshot) []string {
	var all []string
	for _, sweep := range s.Sweeps {
		for _, g := range sweep.Gaps {
			all = append(all, g.Code)
		}
	}
	return all
}

// speaks serves TLS with the versions, and answers each request with text.
func speaks(cert tls.Certificate, low, high uint16, text string) func(net.Conn) {
	suites := []uint16{}
	for _, c := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
		suites = append(suites, c.ID)
	}
	return func(conn net.Conn) {
		server := tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: low, MaxVersion: high, CipherSuites: suites})
		if server.Handshake() == nil {
			says(text)(server)
		}
	}
}

// says reads something and writes the text.
func says(text string) func(net.Conn) {
	return func(conn net.Conn) {
		if _, err := conn.Read(make([]byte, 4096)); err == nil {
			_, _ = io.WriteString(conn, text)
		}
	}
}
