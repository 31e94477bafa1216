package probe

import (
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPlain judges what a port without TLS answers.
func TestPlain(t *testing.T) {
	location := func(status, to string) string { return "HTTP/1.1 " + status + " x\r\nLocation: " + to + "\r\n\r\n" }
	for _, c := range []struct {
		name, front, deep string
		want              any
	}{
		{"both redirect", location("301", "https://www.example.com/"), location("308", "HTTPS://WWW.example.com/x"), true},
		{"to the name without www", location("302", "https://example.com/"), location("307", "https://example.com/"), true},
		{"the front page alone", location("301", "https://www.example.com/"), "HTTP/1.1 200 OK\r\n\r\n", false},
		{"to another site", location("301", "https://example.net/"), location("301", "https://example.net/"), false},
		{"to http", location("301", "http://www.example.com/x"), location("301", "https://www.example.com/"), false},
		{"to nowhere", "HTTP/1.1 301 x\r\n\r\n", location("301", "https://www.example.com/"), false},
		{"a redirect and an error", location("301", "https://www.example.com/"), "HTTP/1.1 404 x\r\n\r\n", "(endpoint_error_status)"},
		{"errors", "HTTP/1.1 403 x\r\n\r\n", "HTTP/1.1 503 x\r\n\r\n", "(endpoint_error_status)"},
		{"an error, and content", "HTTP/1.1 403 x\r\n\r\n", "HTTP/1.1 200 x\r\n\r\n", false},
		{"no http", "220 mx\r\n", "220 mx\r\n", "(endpoint_no_answer)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			answer := func(conn net.Conn) {
				b := make([]byte, 4096)
				n, _ := conn.Read(b)
				text := c.front
				if strings.Contains(string(b[:n]), secondPath) {
					text = c.deep
				}
				_, _ = conn.Write([]byte(text))
			}
			w := site(map[string]net.Listener{"80": serve(t, "tcp4", answer)})
			got := told(collect(t, w.options(nil, "http://www.example.com")))
			if d := cmp.Diff(got["probe:http://www.example.com@192.0.2.1/listener:80"]["redirects_to_https"], c.want); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestHSTS reads headers.
func TestHSTS(t *testing.T) {
	for text, want := range map[string]int{
		"max-age=31536000": 365, "max-age=86399": 0, `includeSubDomains; MAX-AGE="172800"`: 2, "max-age=0": 0, "max-age=x": 0, "preload": 0,
		"max-age=86400; max-age=172800": 0, "max-age=99999999999999999999999": 1<<31 - 2, "max-age=-1": 0, ";;max-age = 86400;": 1,
	} {
		if got := hstsDays(http.Header{"Strict-Transport-Security": {text, "max-age=864000"}}); got != want {
			t.Errorf("%q is %d days, want %d", text, got, want)
		}
	}
}

// TestEndpoints reads what may be declared, and says of the rest why not.
func TestEndpoints(t *testing.T) {
	for text, want := range map[string]string{
		"https://WWW.Example.com.": "https://www.example.com", "https://a:443/": "https://a", "https://a:8443/x%20y": "https://a:8443/x%20y",
		"smtp://mx:587": "smtp://mx:587", "imaps://[2001:db8::1]:993": "imaps://[2001:db8::1]", "tls://192.0.2.1:6514": "tls://192.0.2.1:6514",
	} {
		if got, err := parse(text); err != nil || got.text != want {
			t.Errorf("%s is %q, %v; want %q", text, got.text, err, want)
		}
	}
	for text, want := range map[string]string{
		"www.example.com": "it is no address", "ftp://a": `nothing is known of "ftp"`, "tls://a": "it needs a port from 1 to 65535",
		"https://a:0": "it needs a port from 1 to 65535", "https://a:": "it needs a port from 1 to 65535", "https://u:canary@a": "leave it out", "https://a?x=1": "it has a query or a fragment",
		"smtp://a/x": "only http and https have paths", "https://": "it needs a host", "https://a b": "it is no address", "https://fe80::1%25eth0": "",
		"https://ä.example": "its host is no name", "https://a..b": "its host is no name", "https://[fe80::1%25eth0]": "an address of a zone",
	} {
		_, err := parse(text)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "; ") || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: error %v, want %q", text, err, want)
		}
	}
}
