package server

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

const (
	postfixCert  = "smtpd_tls_cert_file = /etc/ssl/certs/x.pem\n"
	postfixStock = "smtp      inet  n       -       y       -       -       smtpd\nsmtp      unix  -       -       y       -       -       smtp\n" +
		"127.0.0.1:10025 inet n - n - - smtpd\n  -o smtpd_tls_security_level=none\n"
	submission = "submission inet n - y - - smtpd\n  -o syslog_name=postfix/submission\n# a comment\n  -o smtpd_tls_security_level=encrypt\n"
	smtps      = "smtps inet n - y - - smtpd -o smtpd_tls_wrappermode=yes\n"
)

func TestPostfix(t *testing.T) {
	t.Parallel()
	const cert, may, encrypt, noIdea = postfixCert, "smtpd_tls_security_level=may\n", "smtpd_tls_security_level = encrypt\n", "unresolved host_not_understood"
	tests := []struct {
		name, main, master           string
		inbound, outbound, lowestTLS string
	}{
		{"nothing set", "", "", "none", "none", "12"},
		{"as Debian sets it", cert + may + "smtp_tls_security_level=may\ninet_interfaces = all\n", "", "offered", "opportunistic", "12"},
		{"offered without a certificate", may, "", "none", "none", "12"},
		{"local alone", "inet_interfaces = loopback-only\nsmtp_tls_security_level = encrypt\n", "", "local", "required", "12"},
		{"TLS 1.3 alone, where TLS is demanded", cert + encrypt + "smtpd_tls_mandatory_protocols = >=TLSv1.3\nsmtp_tls_security_level = verify\n", "", "required", "verified", "13"},
		{"the protocols of what is offered do not count where TLS is demanded", cert + encrypt + "smtpd_tls_protocols = >=TLSv1.3\n", "", "required", "none", "12"},
		{"1.2 is left out", cert + "smtpd_tls_security_level = $x\nx = may\nsmtpd_tls_protocols = !SSLv3, !TLSv1, !TLSv1.1, !TLSv1.2\n", "", "offered", "none", "13"},
		{"versions that are meant", cert + may + "smtpd_tls_protocols = TLSv1.3\n", "", "offered", "none", "13"},
		{"parameters of old", cert + "smtpd_use_tls = yes\nsmtp_enforce_tls = yes\nsmtp_use_tls = no\n", "", noIdea, noIdea, "12"},
		{"a value that nobody knows", cert + "smtpd_tls_security_level = ${x?y}\n", "", noIdea, "none", "12"},
		{"a submission that demands TLS beside a port that offers it", cert + may + "smtpd_tls_protocols = >=TLSv1.3\n", submission, "offered", "none", "12"},
		{"both with TLS 1.3", cert + may + "smtpd_tls_protocols = >=TLSv1.3\nsmtpd_tls_mandatory_protocols = >=TLSv1.3\n", submission, "offered", "none", "13"},
		{"a service of its own level", cert + encrypt, "10.0.0.1:2525 inet n - n - - smtpd -o { smtpd_tls_security_level = none }\n", "none", "none", "12"},
		{"TLS from the first byte", cert + encrypt, smtps, "required", "none", "12"},
		{"a service that offers the old versions", cert + may + "smtpd_tls_protocols = >=TLSv1.3\n", "2525 inet n - n - - smtpd -o smtpd_tls_protocols=>=TLSv1.2\n", "offered", "none", "12"},
		{"a transport of its own level", "smtp_tls_security_level = encrypt\n", "slow unix - - n - - smtp -osmtp_tls_security_level=may\n", "none", "opportunistic", "12"},
		{"levels by destination", "smtp_tls_security_level = encrypt\nsmtp_tls_policy_maps = hash:/etc/postfix/tls\n", "", "none", noIdea, "12"},
	}
	for _, test := range tests {
		files := map[string]string{"/etc/postfix/main.cf": test.main, "/etc/postfix/master.cf": postfixStock + test.master}
		got := settingsOf(mailServers(), capture.Taken(capture.Capture{}, capture.MemoryOf(files), emptyFilter()), "postfix")
		want := map[string]string{"inbound_tls": test.inbound, "outbound_tls": test.outbound, "tls_min": test.lowestTLS}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

func TestPostfixWhoseServicesAreNotKnown(t *testing.T) {
	t.Parallel()
	m := capture.NewMemory()
	m.Add("/etc/postfix/main.cf", capture.Info{}, []byte(postfixCert), nil)
	got := settingsOf(mailServers(), capture.Taken(capture.Capture{}, m, nil), "postfix")
	for setting, state := range got {
		if state != "unresolved host_not_collected" {
			t.Errorf("%s: %s", setting, state)
		}
	}
	without := map[string]string{"/etc/postfix/main.cf": postfixCert, "/etc/postfix/master.cf": "pickup unix n - y 60 1 pickup\n"}
	if got := settingsOf(mailServers(), capture.Taken(capture.Capture{}, capture.MemoryOf(without), nil), "postfix")["inbound_tls"]; len(got) == 0 || got != "local" {
		t.Errorf("without a service that listens: %s", got)
	}
}
