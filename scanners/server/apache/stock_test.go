package apache_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/apache"
	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/modsecurity"
)

// stock is what matters of Debian's configuration, with one host that redirects.
func stock() map[string]string {
	return map[string]string{
		"/etc/apache2/envvars": "export APACHE_RUN_USER=www-data\nif [ \"${APACHE_CONFDIR##/etc/apache2-}\" != \"${APACHE_CONFDIR}\" ] ; then\n\tSUFFIX=\"-${APACHE_CONFDIR##/etc/apache2-}\"\nelse\n\tSUFFIX=\nfi\n" +
			"export APACHE_LOG_DIR=/var/log/apache2$SUFFIX\n",
		"/etc/apache2/apache2.conf": "IncludeOptional mods-enabled/*.load\nIncludeOptional mods-enabled/*.conf\nInclude ports.conf\n" +
			"<Directory />\n\tAllowOverride None\n\tRequire all denied\n</Directory>\n<Directory /var/www/>\n\tAllowOverride None\n\tRequire all granted\n</Directory>\n" +
			"AccessFileName .htaccess\n<FilesMatch \"^\\.ht\">\n\tRequire all denied\n</FilesMatch>\nIncludeOptional conf-enabled/*.conf\nIncludeOptional sites-enabled/*.conf\n",
		"/etc/apache2/ports.conf":                   "Listen 80\n<IfModule ssl_module>\n\tListen 443\n</IfModule>\n<IfModule mod_gnutls.c>\n\tListen 443\n</IfModule>\n",
		"/etc/apache2/mods-enabled/alias.load":      "LoadModule alias_module m\n",
		"/etc/apache2/mods-enabled/alias.conf":      "<IfModule alias_module>\n\tAlias /icons/ \"/usr/share/apache2/icons/\"\n\t<Directory \"/usr/share/apache2/icons\">\n\t\tRequire all granted\n\t</Directory>\n</IfModule>\n",
		"/etc/apache2/mods-enabled/ssl.load":        "LoadModule ssl_module m\n",
		"/etc/apache2/mods-enabled/ssl.conf":        "SSLCipherSuite HIGH:!aNULL\nSSLProtocol all -SSLv3\n",
		"/etc/apache2/conf-enabled/other.conf":      "CustomLog ${APACHE_LOG_DIR}/other_vhosts_access.log vhost_combined\n",
		"/etc/apache2/sites-enabled/000-default":    "not read\n",
		"/etc/apache2/sites-enabled/000-d.conf":     "<VirtualHost *:80>\n\tDocumentRoot /var/www/html\n\tCustomLog ${APACHE_LOG_DIR}/access.log combined\n</VirtualHost>\n",
		"/etc/apache2/sites-enabled/named.conf":     "<VirtualHost *:80>\n\tServerName www.example.com\n\tRedirect permanent / https://www.example.com/\n</VirtualHost>\n",
		"/etc/apache2/sites-enabled/named-ssl.conf": "<VirtualHost *:443>\n\tServerName www.example.com\n\tDocumentRoot /var/www/html\n\tSSLEngine on\n</VirtualHost>\n",
	}
}

// read evaluates files of Debian's layout.
func read(files map[string]string) *apache.Server {
	m := capture.MemoryOf(files)
	return apache.Of(apache.Read(m, apache.Layouts()[0].Options(m, apache.Told{Version: "2.4.62"})))
}

// TestStockDefaultHostAnswersEveryOtherName: though the only named host redirects, Debian's default one answers in clear text.
func TestStockDefaultHostAnswersEveryOtherName(t *testing.T) {
	s := read(stock())
	type answer struct {
		Port     int
		Host     string
		TLS      bool
		Versions string
		Plain    apache.Verdict
		Witness  string
		Logs     bool
		Seconds  int
		Firewall modsecurity.Mode
	}
	var got []answer
	for _, k := range s.Sockets() {
		for _, h := range k.Hosts {
			a := answer{Port: k.Listen.Port, Host: h.Name, Seconds: h.HSTS().Seconds, Firewall: h.Firewall().Mode}
			tls := k.TLS(h)
			if a.TLS, a.Versions = tls.On, strings.Join(tls.Protocols, " "); !tls.On {
				p := k.Plain(h)
				a.Plain, a.Witness = p.Verdict, p.Host+p.Path
			}
			a.Logs, _, _ = h.Logs()
			got = append(got, a)
		}
	}
	want := []answer{
		{Port: 80, Plain: apache.Answered, Witness: "/", Logs: true, Firewall: modsecurity.Off},
		{Port: 80, Host: "www.example.com", Plain: apache.Stopped, Logs: true, Firewall: modsecurity.Off},
		{Port: 443, Host: "www.example.com", TLS: true, Versions: "TLSv1 TLSv1.1 TLSv1.2 TLSv1.3", Logs: true, Firewall: modsecurity.Off},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(s.Gaps) > 0 {
		t.Errorf("gaps: %v", s.Gaps)
	}
}

// TestModSecurityRecommendedIsNotLoaded: Debian's module reads *.conf, and the file that is installed has another name.
func TestModSecurityRecommendedIsNotLoaded(t *testing.T) {
	rule := "SecRule ARGS attack \"id:942100,deny\"\n"
	tests := []struct {
		name, file, site string
		want             modsecurity.Mode
		known            bool
	}{
		{"recommended", "modsecurity.conf-recommended", "", modsecurity.Off, true},
		{"renamed", "modsecurity.conf", "", modsecurity.Block, true},
		{"off in a host", "modsecurity.conf", "SecRuleEngine Off\n", modsecurity.Off, true},
		{"detection in a host", "modsecurity.conf", "SecRuleEngine DetectionOnly\n", modsecurity.Detect, true},
		{"off in a place of a host", "modsecurity.conf", "<Location /api>\nSecRuleEngine Off\n</Location>\n", modsecurity.Off, true},
		{"another engine by condition", "modsecurity.conf", "<IfDirective X>\nSecRuleEngine Off\n</IfDirective>\n", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			files := stock()
			files["/etc/apache2/mods-enabled/security2.load"] = "LoadModule security2_module m\n"
			files["/etc/apache2/mods-enabled/security2.conf"] = "<IfModule security2_module>\nIncludeOptional /etc/modsecurity/*.conf\n</IfModule>\n"
			files["/etc/modsecurity/"+tt.file] = "SecRuleEngine On\n" + rule
			files["/etc/apache2/sites-enabled/000-d.conf"] = "<VirtualHost *:80>\n" + tt.site + "</VirtualHost>\n"
			got := read(files).Hosts[0].Firewall()
			if got.Mode != tt.want || (got.Doubt == nil) != tt.known {
				t.Errorf("got %q (%v), want %q", got.Mode, got.Doubt, tt.want)
			}
		})
	}
}
