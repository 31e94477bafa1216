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

func TestPostfix(t *testing.T) {
	cert := "smtpd_tls_cert_file = /etc/ssl/certs/x.pem\n"
	tests := []struct {
		name, conf string
		want       map[string]string
	}{
		{"nothing set", "", map[string]string{"inbound_tls": "none", "outbound_tls": "none", "tls_min": "12"}},
		{"as Debian sets it", cert + "smtpd_tls_security_level=may\nsmtp_tls_security_level=may\ninet_interfaces = all\n", map[string]string{"inbound_tls": "offered", "outbound_tls": "opportunistic", "tls_min": "12"}},
		{"offered without a certificate", "smtpd_tls_security_level=may\n", map[string]string{"inbound_tls": "none", "outbound_tls": "none", "tls_min": "12"}},
		{"local alone", "inet_interfaces = loopback-only\nsmtp_tls_security_level = encrypt\n", map[string]string{"inbound_tls": "local", "outbound_tls": "required", "tls_min": "12"}},
		{"TLS 1.3 alone", cert + "smtpd_tls_security_level = encrypt\nsmtpd_tls_protocols = >=TLSv1.3\nsmtp_tls_security_level = verify\n", map[string]string{"inbound_tls": "required", "outbound_tls": "verified", "tls_min": "13"}},
		{"1.2 is left out", cert + "smtpd_tls_security_level = $x\nx = may\nsmtpd_tls_protocols = !SSLv3, !TLSv1, !TLSv1.1, !TLSv1.2\n", map[string]string{"inbound_tls": "offered", "outbound_tls": "none", "tls_min": "13"}},
		{"parameters of old", cert + "smtpd_use_tls = yes\nsmtp_enforce_tls = yes\nsmtp_use_tls = no\n", map[string]string{"inbound_tls": "unresolved host_not_understood", "outbound_tls": "unresolved host_not_understood", "tls_min": "12"}},
		{"a value that nobody knows", cert + "smtpd_tls_security_level = ${x?y}\n", map[string]string{"inbound_tls": "unresolved host_not_understood", "outbound_tls": "none", "tls_min": "12"}},
	}
	for _, test := range tests {
		got := settingsOf(mailServers(), capture.Taken(capture.Capture{}, capture.MemoryOf(map[string]string{"/etc/postfix/main.cf": test.conf}), emptyFilter()), "postfix")
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}
