package probe

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
)

const hsts = "HTTP/1.1 200 OK\r\nStrict-Transport-Security: max-age=31536000; includeSubDomains\r\nSet-Cookie: s=canary-cookie\r\nContent-Length: 11\r\n\r\ncanary-body"

// TestSite reads a whole site: its versions, certificate, header and plain port; no body and no cookie of it is kept.
func TestSite(t *testing.T) {
	a := newAuthority(t)
	w := site(map[string]net.Listener{
		"443": serve(t, "tcp4", speaks(a.signed(t, "www.example.com", testTime.AddDate(0, 0, 90).Add(-time.Hour)), tls.VersionTLS12, tls.VersionTLS13, hsts)),
		"80":  serve(t, "tcp4", says("HTTP/1.1 301 Moved\r\nLocation: https://www.example.com/\r\n\r\ncanary-body")),
	})
	s := collect(t, w.options(a.pool(), "https://www.example.com"))
	id := "probe:https://www.example.com@192.0.2.1/"
	want := map[string]map[string]any{
		id + "certificate":  {"days_left": 89, "in_use": true, "key_bits": 3072, "region": "(location_not_observable)", "renews": "(endpoint_not_told)"},
		id + "endpoint":     {"answers": true, "certificate_trusted": true, "starttls": "(endpoint_not_told)"},
		id + "listener":     {"port": 443, "protocol": "https", "public": false, "redirects_to_https": false, "region": "(location_not_observable)", "tls_min": 12},
		id + "listener:80":  {"port": 80, "protocol": "http", "public": false, "redirects_to_https": true, "region": "(location_not_observable)", "tls_min": 0},
		id + "web_endpoint": {"hsts_days": 365},
	}
	if d := cmp.Diff(told(s), want); d != "" {
		t.Errorf("got -, want +:\n%s", d)
	}
	if got := codes(s); got != nil {
		t.Errorf("gaps %v", got)
	}
	text, err := json.Marshal(s)
	if err != nil || strings.Contains(string(text), "canary") {
		t.Errorf("a body or a cookie is kept (%v)", err)
	}
}

// TestVersions pins servers to ranges of versions.
func TestVersions(t *testing.T) {
	a := newAuthority(t)
	cert := a.signed(t, "www.example.com", testTime.AddDate(1, 0, 0))
	for _, c := range []struct {
		name      string
		low, high uint16
		want      int
	}{
		{"1.3 alone", tls.VersionTLS13, tls.VersionTLS13, 13},
		{"1.2 alone", tls.VersionTLS12, tls.VersionTLS12, 12},
		{"1.1 alone", tls.VersionTLS11, tls.VersionTLS11, 11},
		{"1.0 alone", tls.VersionTLS10, tls.VersionTLS10, 10},
		{"all from 1.0", tls.VersionTLS10, tls.VersionTLS13, 10},
		{"1.1 and 1.2", tls.VersionTLS11, tls.VersionTLS12, 11},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := site(map[string]net.Listener{"9": serve(t, "tcp4", speaks(cert, c.low, c.high, ""))})
			s := told(collect(t, w.options(a.pool(), "tls://www.example.com:9")))
			if got := s["probe:tls://www.example.com:9@192.0.2.1/listener"]["tls_min"]; got != c.want {
				t.Errorf("lowest version %v, want %d", got, c.want)
			}
		})
	}
}

// TestCertificates judges chains by roots of its own.
func TestCertificates(t *testing.T) {
	a, other := newAuthority(t), newAuthority(t)
	for _, c := range []struct {
		name string
		cert tls.Certificate
		want bool
		days int
		note string
	}{
		{"good", a.signed(t, "www.example.com", testTime.AddDate(0, 0, 10)), true, 10, ""},
		{"expired", a.signed(t, "www.example.com", testTime.AddDate(0, 0, -10)), false, 0, "certificate_not_in_time"},
		{"another name", a.signed(t, "example.com", testTime.AddDate(0, 0, 10)), false, 10, "certificate_other_name"},
		{"another authority", other.signed(t, "www.example.com", testTime.AddDate(0, 0, 10)), false, 10, "certificate_unknown_authority"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := site(map[string]net.Listener{"993": serve(t, "tcp4", speaks(c.cert, tls.VersionTLS12, tls.VersionTLS13, ""))})
			s := collect(t, w.options(a.pool(), "imaps://www.example.com"))
			got := told(s)
			id := "probe:imaps://www.example.com@192.0.2.1/"
			if got[id+"endpoint"]["certificate_trusted"] != c.want || got[id+"certificate"]["days_left"] != c.days || got[id+"endpoint"]["starttls"] != "implicit" {
				t.Errorf("got %v", got)
			}
			notes := ""
			for _, f := range s.Facts {
				if f.Kind == "endpoint" && len(f.Notes) > 1 {
					notes = f.Notes[1].Code
				}
			}
			if notes != c.note {
				t.Errorf("note %q, want %q", notes, c.note)
			}
		})
	}
}

// ancient answers a hello of TLS 1.0 with an export suite that crypto/tls does not know, and refuses all others.
func ancient(conn net.Conn) {
	head := make([]byte, 11)
	if _, err := conn.Read(head); err != nil {
		return
	}
	if head[10] != 1 {
		_, _ = conn.Write([]byte{21, 3, 1, 0, 2, 2, 70})
		return
	}
	body := append([]byte{3, 1}, make([]byte, 33)...)
	body = append(body, 0, 3, 0) // RSA_EXPORT_WITH_RC4_40_MD5, no compression
	_, _ = conn.Write(handshake(append([]byte{2, 0, 0, byte(len(body))}, body...), []byte{14, 0, 0, 0}))
}

func handshake(messages ...[]byte) []byte {
	var record []byte
	for _, m := range messages {
		record = append(record, appendLong([]byte{22, 3, 1}, m)...)
	}
	return record
}

// TestStrangers calls what is old, odd, silent or not there: nothing passes that was not seen.
func TestStrangers(t *testing.T) {
	for _, c := range []struct {
		name   string
		each   func(net.Conn)
		tlsMin any
		gaps   []string
	}{
		{"a suite that Go does not know", ancient, 10, []string{"endpoint_no_certificate"}},
		{"no TLS", says("HTTP/1.1 400 Bad Request\r\n\r\n"), nil, []string{"endpoint_silent"}},
		{"endless", func(conn net.Conn) {
			for {
				if _, err := conn.Write(make([]byte, 4096)); err != nil {
					return
				}
			}
		}, nil, []string{"endpoint_silent"}},
		{"cut in the middle", says("\x16\x03\x01\x00\x40\x02\x00\x00\x30"), nil, []string{"endpoint_silent"}},
		{"hangs up", func(net.Conn) {}, nil, []string{"endpoint_silent"}},
		{"refuses every version", says("\x15\x03\x01\x00\x02\x02\x28"), "(endpoint_no_version)", []string{"endpoint_no_certificate"}},
		{"an alert that refuses nothing", says("\x15\x03\x01\x00\x02\x02\x70"), "(endpoint_version_silent)", []string{"endpoint_no_certificate"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := site(map[string]net.Listener{"9": serve(t, "tcp4", c.each)})
			s := collect(t, w.options(nil, "tls://www.example.com:9"))
			if got := told(s)["probe:tls://www.example.com:9@192.0.2.1/listener"]["tls_min"]; got != c.tlsMin {
				t.Errorf("lowest version %v, want %v", got, c.tlsMin)
			}
			if d := cmp.Diff(codes(s), c.gaps); d != "" {
				t.Errorf("gaps, got -, want +:\n%s", d)
			}
		})
	}
}

// TestSilence calls a server that takes connections and says nothing: the timeout ends it.
func TestSilence(t *testing.T) {
	w := site(map[string]net.Listener{"9": serve(t, "tcp4", func(conn net.Conn) { _, _ = conn.Read(make([]byte, 1<<16)); _, _ = conn.Read(make([]byte, 1)) })})
	o := w.options(nil, "tls://www.example.com:9")
	o.Timeout = 20 * time.Millisecond
	s := collect(t, o)
	if d := cmp.Diff(codes(s), []string{"endpoint_silent"}); d != "" || len(s.Facts) > 0 {
		t.Errorf("gaps %v, facts %v", codes(s), s.Facts)
	}
}

// TestNobody tells refused connections, names without address, and an interrupt.
func TestNobody(t *testing.T) {
	w := site(nil)
	s := collect(t, w.options(nil, "https://www.example.com", "https://nowhere.example.com", "http://www.example.com"))
	if d := cmp.Diff(codes(s), []string{"endpoint_unresolved", "endpoint_silent", "endpoint_silent"}); d != "" {
		t.Errorf("gaps, got -, want +:\n%s", d)
	}
	want := map[string]map[string]any{"probe:https://www.example.com@192.0.2.1/endpoint": {"answers": false, "certificate_trusted": "(endpoint_silent)", "starttls": "(endpoint_silent)"}}
	if d := cmp.Diff(told(s), want); d != "" {
		t.Errorf("got -, want +:\n%s", d)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s, err := New(w.options(nil, "tls://www.example.com:9")).Collect(ctx)
	if err != nil || len(s.Sweeps) != 1 || len(s.Sweeps[0].Gaps) != 1 || s.Sweeps[0].Gaps[0].Args["why"] != "interrupted" {
		t.Errorf("interrupted: %v, %v", s.Sweeps, err)
	}
}

// TestAddresses calls IPv4 and IPv6, each failing alone.
func TestAddresses(t *testing.T) {
	a := newAuthority(t)
	l := serve(t, "tcp6", speaks(a.signed(t, "www.example.com", testTime.AddDate(1, 0, 0)), tls.VersionTLS12, tls.VersionTLS13, ""))
	w := site(nil)
	w.names["www.example.com"] = []netip.Addr{netip.MustParseAddr("::1"), netip.MustParseAddr("192.0.2.1")}
	o := w.options(a.pool(), "tls://www.example.com:9")
	refuse := o.Dial
	o.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		if address == "[::1]:9" {
			return (&net.Dialer{}).DialContext(ctx, network, l.Addr().String())
		}
		return refuse(ctx, network, address)
	}
	s := collect(t, o)
	got := told(s)
	if got["probe:tls://www.example.com:9@::1/listener"]["tls_min"] != 12 || got["probe:tls://www.example.com:9@192.0.2.1/endpoint"]["answers"] != false {
		t.Errorf("got %v", got)
	}
	if d := cmp.Diff(s.Sweeps[0].Found, map[evidence.Kind]int{"certificate": 1, "endpoint": 2, "listener": 1}); d != "" {
		t.Error(d)
	}
}
