package server

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// nginxFiles are those of an nginx that sends everything to https but for one server.
func nginxFiles(t *testing.T, until time.Time) map[string]string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: until}, &x509.Certificate{SerialNumber: big.NewInt(1)}, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]string{
		"/etc/nginx/nginx.conf": "events {}\nhttp {\n  access_log /var/log/nginx/access.log;\n  ssl_protocols TLSv1 TLSv1.2;\n  include sites/*;\n}\n",
		"/etc/nginx/sites/a":    "server { listen 80; server_name a.example; return 301 https://a.example$request_uri; }\n",
		"/etc/nginx/sites/b": "server { listen 443 ssl; server_name a.example; ssl_certificate /etc/letsencrypt/live/a/fullchain.pem; ssl_certificate_key k;\n" +
			"add_header Strict-Transport-Security \"max-age=31536000\" always; }\n",
		"/etc/nginx/sites/c":                    "server { listen 127.0.0.1:8080; location / { root /srv; } }\n",
		"/etc/letsencrypt/live/a/fullchain.pem": string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})),
	}
}

func TestNginx(t *testing.T) {
	at := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	commands := emptyFilter()
	commands["nginx-V"] = capture.Command{Line: "nginx -V", Err: []byte("nginx version: nginx/1.22.1\n")}
	c := capture.Taken(capture.Capture{Live: true, Root: true, At: at}, capture.MemoryOf(nginxFiles(t, at.Add(30*24*time.Hour+time.Hour))), commands)
	want := map[string]map[string]string{
		"nginx/0.0.0.0:80/a.example":                             {"port": "80", "protocol": "http", "public": "true", "redirects_to_https": "true", "region": "unresolved location_not_observable", "tls_min": "0"},
		"nginx/0.0.0.0:443/a.example":                            {"port": "443", "protocol": "https", "public": "true", "redirects_to_https": "false", "region": "unresolved location_not_observable", "tls_min": "12"},
		"nginx/127.0.0.1:8080/_":                                 {"port": "8080", "protocol": "http", "public": "false", "redirects_to_https": "false", "region": "unresolved location_not_observable", "tls_min": "0"},
		"nginx/site/a.example":                                   {"access_logging": "true", "hsts_days": "365", "rate_limited": "false", "web_firewall": "off"},
		"nginx/certificate/etc/letsencrypt/live/a/fullchain.pem": {"days_left": "30", "in_use": "true", "key_bits": "3072", "region": "unresolved location_not_observable", "renews": "unresolved renewal_not_seen"},
	}
	for address, settings := range want {
		if diff := cmp.Diff(settings, settingsOf(nginxServers(), c, address)); diff != "" {
			t.Errorf("%s: %s", address, diff)
		}
	}
}

func TestWhatNginxConfiguresAndDoesNotNegotiateIsNoted(t *testing.T) {
	c := capture.Taken(capture.Capture{Live: true}, capture.MemoryOf(nginxFiles(t, time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC))), emptyFilter())
	h := &host{Capture: c, found: map[evidence.Kind]int{}}
	readNginx(h)
	for _, f := range h.facts {
		if f.Address == "nginx/0.0.0.0:443/a.example" && (len(f.Notes) != 1 || f.Notes[0].Code != "tls_configured_lower") {
			t.Errorf("%v", f.Notes)
		}
	}
}

func TestAnNginxThatIsNotThereIsNoGap(t *testing.T) {
	h := &host{Capture: capture.Taken(capture.Capture{}, capture.MemoryOf(nil), nil), found: map[evidence.Kind]int{}}
	if readNginx(h); len(h.facts)+len(h.gaps) > 0 {
		t.Error(h.facts, h.gaps)
	}
	h = &host{Capture: capture.Taken(capture.Capture{}, capture.NewMemory("/var"), nil), found: map[evidence.Kind]int{}}
	if readNginx(h); firstCode(h.gaps) != "host_not_collected" {
		t.Error(h.gaps)
	}
}
