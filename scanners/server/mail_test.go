package server

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

func TestExim(t *testing.T) {
	gnu := "Exim version 4.96 #2\nSupport for: IPv6 GnuTLS TLS_resume\n"
	smtp := "remote_smtp transport:\ndriver = smtp\nhosts_avoid_tls = \nhosts_require_tls = \n"
	tests := []struct {
		name, main, transports, version string
		want                            map[string]string
	}{
		{"as Debian ships it", "local_interfaces = <; 127.0.0.1 ; ::1\ntls_advertise_hosts = *\n", smtp, gnu,
			map[string]string{"inbound_tls": "local", "outbound_tls": "opportunistic", "tls_min": "unresolved tls_library_decides"}},
		{"open, with OpenSSL", "local_interfaces = \ntls_advertise_hosts = *\nopenssl_options = \n", smtp, "Exim version 4.98\nSupport for: IPv6 OpenSSL\n",
			map[string]string{"inbound_tls": "offered", "outbound_tls": "opportunistic", "tls_min": "12"}},
		{"TLS is not offered", "tls_advertise_hosts = \n", smtp, gnu, map[string]string{"inbound_tls": "none", "outbound_tls": "opportunistic", "tls_min": "unresolved tls_library_decides"}},
		{"the weakest transport counts", "tls_advertise_hosts = *\n", smtp + "b transport:\ndriver = smtp\nhosts_avoid_tls = *\n", gnu,
			map[string]string{"inbound_tls": "offered", "outbound_tls": "none", "tls_min": "unresolved tls_library_decides"}},
		{"all transports demand TLS", "tls_advertise_hosts = *\n", "a transport:\ndriver = smtp\nhosts_require_tls = *\n", gnu,
			map[string]string{"inbound_tls": "offered", "outbound_tls": "required", "tls_min": "unresolved tls_library_decides"}},
	}
	for _, test := range tests {
		commands := emptyFilter()
		commands["exim-bP"], commands["exim-transports"], commands["exim-version"] = output(test.main), output(test.transports), output(test.version)
		got := settingsOf(mailServers(), capture.Taken(capture.Capture{Live: true}, capture.MemoryOf(nil), commands), "exim")
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}
