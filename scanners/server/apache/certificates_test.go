package apache_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCertificates(t *testing.T) {
	const tls = "Listen 443\nLoadModule ssl_module m\n"
	tests := map[string]struct {
		config string
		want   []string // of the first host
		sure   bool
	}{
		"of the host":                     {"<VirtualHost *:443>\nSSLEngine on\nSSLCertificateFile /c/a.pem\nSSLCertificateFile ec.pem\n</VirtualHost>\n", []string{"/c/a.pem", "/r/ec.pem"}, true},
		"of the main server":              {"SSLCertificateFile /c/m.pem\n<VirtualHost *:443>\nSSLEngine on\n</VirtualHost>\n", []string{"/c/m.pem"}, true},
		"the host's in front":             {"SSLCertificateFile /c/m.pem\nSSLCertificateFile /c/n.pem\n<VirtualHost *:443>\nSSLEngine on\nSSLCertificateFile /c/a.pem\n</VirtualHost>\n", []string{"/c/a.pem", "/c/n.pem"}, true},
		"none without TLS":                {"<VirtualHost *:443>\nSSLCertificateFile /c/a.pem\n</VirtualHost>\n", nil, true},
		"no file is not known":            {"<VirtualHost *:443>\nSSLEngine on\n</VirtualHost>\n", nil, false},
		"managed domains have their own":  {"MDomain x.example\n<VirtualHost *:443>\nSSLEngine on\nSSLCertificateFile /c/a.pem\n</VirtualHost>\n", []string{"/c/a.pem"}, false},
		"a variable is not known":         {"<VirtualHost *:443>\nSSLEngine on\nSSLCertificateFile ${C}\n</VirtualHost>\n", nil, false},
		"an unread file may name another": {"<VirtualHost *:443>\nSSLEngine on\nSSLCertificateFile /c/a.pem\nInclude absent.conf\n</VirtualHost>\n", nil, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			k := server(tls + tt.config).Sockets()[0]
			files, doubt := k.Certificates(k.Hosts[0])
			var got []string
			for _, f := range files {
				got = append(got, f.File)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" || (doubt == nil) != tt.sure {
				t.Errorf("doubt %v %s", doubt, diff)
			}
		})
	}
}
