package apache_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/apache"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// server evaluates one file.
func server(main string, more ...string) *apache.Server {
	files := map[string]string{"/m.conf": "ServerRoot /r\n" + main}
	for n := 0; n+1 < len(more); n += 2 {
		files[more[n]] = more[n+1]
	}
	return apache.Of(apache.Read(capture.MemoryOf(files), apache.Options{Main: "/m.conf", Root: "/r", Version: "2.4.71", Static: []string{"core_module"}}))
}

// TestPlain: what becomes of plain http on one socket with one host, which is the default one.
func TestPlain(t *testing.T) {
	tests := []struct {
		name, host string
		want       apache.Verdict
	}{
		{"a redirect of everything", "Redirect / https://x/", apache.Stopped},
		{"a redirect to http", "Redirect / http://x/", apache.Answered},
		{"a redirect of a part", "Redirect /a https://x/", apache.Answered},
		{"gone", "Redirect gone /", apache.Stopped},
		{"content", "", apache.Answered},
		{"an expression for all but validation", `RedirectMatch 301 ^/(?!\.well-known/acme-challenge/)(.*) https://x/$1`, apache.Stopped},
		{"an expression for some", `RedirectMatch ^/(a|b)$ https://x/`, apache.Answered},
		{"rules with a condition that holds", "RewriteEngine on\nRewriteCond %{HTTPS} !=on\nRewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R=301,L]", apache.Stopped},
		{"rules with a condition that never holds", "RewriteEngine on\nRewriteCond %{HTTPS} on\nRewriteRule ^ https://x/ [R=301,L]", apache.Answered},
		{"rules for one name on the default host", "ServerName a.example\nRewriteEngine on\nRewriteCond %{SERVER_NAME} =a.example\nRewriteRule ^ https://%{SERVER_NAME}%{REQUEST_URI} [END,NE,R=permanent]", apache.Answered},
		{"rules without an engine", "RewriteRule ^ https://x/ [R=301,L]", apache.Answered},
		{"rules behind a way out", "RewriteEngine on\nRewriteRule ^/api/ - [L]\nRewriteRule ^ https://x/ [R,L]", apache.Answered},
		{"rules behind a way out for validation", "RewriteEngine on\nRewriteRule ^/\\.well-known/acme-challenge/ - [L]\nRewriteRule ^ https://x/ [R,L]", apache.Stopped},
		{"rules behind a way out for all that is well known", "RewriteEngine on\nRewriteRule ^/\\.well-known/ - [L]\nRewriteRule ^ https://x/ [R,L]", apache.Answered},
		{"an expression for all but what is well known", `RedirectMatch 301 ^/(?!\.well-known/)(.*) https://x/$1`, ""},
		{"a rule by a map is not known", "RewriteEngine on\nRewriteRule ^ ${m:x} [R,L]", ""},
		{"a rule that may be taken back is not known", "RewriteEngine on\nRewriteRule ^ https://x/ [R]\nRewriteRule . /index.php [L]", ""},
		{"refusal", "<Location />\nRequire all denied\n</Location>", apache.Stopped},
		{"refusal with an exception", "<Location />\nRequire all denied\n</Location>\n<Location /a>\nRequire all granted\n</Location>", apache.Answered},
		{"refusal but for itself", "<Location />\nRequire local\n</Location>", apache.Stopped},
		{"old refusal", "<Location />\nOrder allow,deny\nDeny from all\n</Location>", apache.Stopped},
		{"TLS demanded", "<Location />\nSSLRequireSSL\n</Location>", apache.Stopped},
		{"another server goes before a redirect", "ProxyPass / http://127.0.0.1:8080/\nRedirect / https://x/", apache.Answered},
		{"a section by condition", "<If \"%{HTTPS} != 'on'\">\nRedirect / https://x/\n</If>", apache.Stopped},
		{"rules of a directory", "DocumentRoot /w\n<Directory /w>\nRewriteEngine on\nRewriteRule ^(.*)$ https://x/$1 [R,L]\n</Directory>", apache.Stopped},
		{"rules of a directory and an alias out of it", "DocumentRoot /w\nAlias /i /other\n<Directory /w>\nRewriteEngine on\nRewriteRule ^(.*)$ https://x/$1 [R,L]\n</Directory>", apache.Answered},
		{"files that may say more are not known", "DocumentRoot /w\n<Directory /w>\nAllowOverride All\n</Directory>", ""},
		{"an unread file is not known", "Include absent.conf\nRedirect / https://x/", ""},
		{"an unset variable is not known", "Redirect / ${TARGET}", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := server("Listen 80\n<VirtualHost *:80>\n"+tt.host+"\n</VirtualHost>\n", "/w/.htaccess", "Redirect / https://x/\n")
			k := s.Sockets()[0]
			if got := k.Plain(k.Hosts[0]); got.Verdict != tt.want || (got.Doubt == nil) != (tt.want != "") {
				t.Errorf("got %v, want %q", got, tt.want)
			}
		})
	}
}

// TestManyRedirects: each rule without L may be taken back by all behind it; that they are many must not take for ever.
func TestManyRedirects(t *testing.T) {
	s := server("Listen 80\n<VirtualHost *:80>\nRewriteEngine on\n" + strings.Repeat("RewriteRule ^/old$ https://x/ [R=301]\n", 60) + "</VirtualHost>\n")
	k := s.Sockets()[0]
	if got := k.Plain(k.Hosts[0]); got.Verdict != apache.Answered {
		t.Errorf("got %v", got)
	}
}

// TestVersions: the versions of a second host on a socket, with what the main server, the first host and it say.
func TestVersions(t *testing.T) {
	tests := []struct {
		name, main, first, second, version string
		want                               string
	}{
		{"nothing is said", "", "", "", "2.4.71", "TLSv1 TLSv1.1 TLSv1.2 TLSv1.3"},
		{"its own", "", "SSLProtocol TLSv1.2", "SSLProtocol TLSv1.3", "2.4.71", "TLSv1.3"},
		{"those of the first host where it has none", "", "SSLProtocol TLSv1.2", "", "2.4.71", "TLSv1.2"},
		{"those of the main server before those of the first host", "SSLProtocol -all +TLSv1.2 +TLSv1.3", "SSLProtocol TLSv1.2", "", "2.4.71", "TLSv1.2 TLSv1.3"},
		{"those of the first host in old versions", "", "SSLProtocol TLSv1.2", "SSLProtocol TLSv1.3", "2.4.41", "TLSv1.2"},
		{"not known where the version is not", "", "SSLProtocol TLSv1.2", "SSLProtocol TLSv1.3", "", "?"},
		{"a version without a sign takes the place of others", "", "", "SSLProtocol TLSv1.2 TLSv1.3", "2.4.71", "TLSv1.3"},
		{"a hole ends them", "", "", "SSLProtocol all -TLSv1.2", "2.4.71", "TLSv1.3"},
		{"those of the first host where it has no engine", "", "SSLProtocol TLSv1.2", "SSLEngine off\nSSLProtocol TLSv1.3", "2.4.71", "TLSv1.2"},
		{"a command for OpenSSL is not known", "", "", "SSLOpenSSLConfCmd MinProtocol TLSv1.2", "2.4.71", "?"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			main := fmt.Sprintf("Listen 443\n%s\n<VirtualHost *:443>\nSSLEngine on\n%s\n</VirtualHost>\n<VirtualHost *:443>\nSSLEngine on\n%s\n</VirtualHost>\n", tt.main, tt.first, tt.second)
			s := apache.Of(apache.Read(capture.MemoryOf(map[string]string{"/m.conf": main}), apache.Options{Main: "/m.conf", Root: "/r", Version: tt.version}))
			k := s.Sockets()[0]
			got := k.TLS(k.Hosts[1])
			text := strings.Join(got.Protocols, " ")
			if got.Doubt != nil {
				text = "?"
			}
			if text != tt.want {
				t.Errorf("got %s, want %s", text, tt.want)
			}
		})
	}
}

// TestPlainDefaultHostTurnsTLSOff: httpd has not read a name when it decides whether there is TLS.
func TestPlainDefaultHostTurnsTLSOff(t *testing.T) {
	k := server("Listen 443\n<VirtualHost *:443>\n</VirtualHost>\n<VirtualHost *:443>\nServerName a\nSSLEngine on\n</VirtualHost>\n").Sockets()[0]
	if got := k.TLS(k.Hosts[1]); got.On {
		t.Errorf("TLS is on: %+v", got)
	}
}

func TestSockets(t *testing.T) {
	s := server("Listen 80\nListen [2001:db8::1]:443\nServerName main\n<VirtualHost *:80>\nServerName a\n</VirtualHost>\n<VirtualHost *>\nServerName b\n</VirtualHost>\n" +
		"<VirtualHost 192.0.2.1:80>\nServerName c\n</VirtualHost>\n<VirtualHost *:80>\nServerName d\n</VirtualHost>\n")
	var got []string
	for _, k := range s.Sockets() {
		var names []string
		for _, h := range k.Hosts {
			names = append(names, h.Name)
		}
		got = append(got, fmt.Sprintf("%v:%d %s", k.IP, k.Listen.Port, strings.Join(names, " ")))
	}
	want := []string{"invalid IP:80 b", "192.0.2.1:80 c", "2001:db8::1:443 b"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestLogs(t *testing.T) {
	tests := []struct {
		name, main, host string
		want             bool
	}{
		{"none", "", "", false},
		{"the main server's", "CustomLog a b", "", true},
		{"its own with a condition, and not the main server's", "CustomLog a b", "CustomLog c d env=!dontlog", false},
		{"one of two", "", "CustomLog c d env=x\nTransferLog e", true},
		{"nowhere", "", "CustomLog /dev/null d", false},
		{"one for all hosts", "GlobalLog a b", "CustomLog c d env=x", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, _, doubt := server(tt.main + "\n<VirtualHost *:80>\n" + tt.host + "\n</VirtualHost>\n").Hosts[0].Logs()
			if got != tt.want || doubt != nil {
				t.Errorf("got %t (%v), want %t", got, doubt, tt.want)
			}
		})
	}
}

func TestLogInUnreadFileIsNotKnown(t *testing.T) {
	if got, _, doubt := server("<VirtualHost *:80>\nInclude absent\n</VirtualHost>\n").Hosts[0].Logs(); got || doubt == nil {
		t.Errorf("got %t without a doubt", got)
	}
}

func TestHSTS(t *testing.T) {
	tests := []struct {
		name, main, host string
		want             int
		known            bool
	}{
		{"none", "", "", 0, true},
		{"set", "", `Header always set Strict-Transport-Security "max-age=63072000; preload"`, 63072000, true},
		{"of the main server", "Header set Strict-Transport-Security max-age=5", "", 5, true},
		{"the last one", "Header set Strict-Transport-Security max-age=5", "Header set Strict-Transport-Security max-age=7", 7, true},
		{"taken away in a place", "", "Header set Strict-Transport-Security max-age=5\n<Location /a>\nHeader unset Strict-Transport-Security\n</Location>", 0, true},
		{"taken away from the other table", "", "Header always set Strict-Transport-Security max-age=5\nHeader unset Strict-Transport-Security", 5, true},
		{"in a place alone", "", "<Location /a>\nHeader set Strict-Transport-Security max-age=5\n</Location>", 0, true},
		{"under a condition that holds", "", "Header set Strict-Transport-Security max-age=5 env=HTTPS", 5, true},
		{"under another condition", "", "Header set Strict-Transport-Security max-age=5 env=X", 0, false},
		{"broken", "", "Header set Strict-Transport-Security max-age=5;max-age=6", 0, true},
		{"edited", "", "Header set Strict-Transport-Security max-age=5\nHeader edit Strict-Transport-Security 5 6", 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := server(tt.main + "\n<VirtualHost *:443>\n" + tt.host + "\n</VirtualHost>\n").Hosts[0].HSTS()
			if got.Seconds != tt.want || (got.Doubt == nil) != tt.known {
				t.Errorf("got %d (%v), want %d", got.Seconds, got.Doubt, tt.want)
			}
		})
	}
}

func TestLimited(t *testing.T) {
	for main, want := range map[string]bool{"": false, "LoadModule ratelimit_module x": false, "LoadModule evasive20_module x": true, "LoadModule evasive20_module x\nDOSEnabled off": false, "QS_SrvMaxConnPerIP 50": true} {
		if got, _, doubt := server(main + "\n<VirtualHost *:80>\n</VirtualHost>\n").Hosts[0].Limited(); got != want || doubt != nil {
			t.Errorf("%q: got %t (%v), want %t", main, got, doubt, want)
		}
	}
}

// TestUndecidedConditionLeavesSettingsOpen: whatever may stand in a section that cannot be decided is in doubt.
func TestUndecidedConditionLeavesSettingsOpen(t *testing.T) {
	main := "Listen 80\n<IfVersion >= 2.4>\nDefine X y\n</IfVersion>\n<IfDefine X>\nCustomLog a b\n</IfDefine>\n<VirtualHost *:80>\n</VirtualHost>\n"
	s := apache.Of(apache.Read(capture.MemoryOf(map[string]string{"/m.conf": main}), apache.Options{Main: "/m.conf", Root: "/r"}))
	if got, _, doubt := s.Hosts[0].Logs(); got || doubt == nil {
		t.Errorf("got %t without a doubt", got)
	}
}

func TestIncludesThatIncludeThemselvesEnd(t *testing.T) {
	if s := server("Include /m.conf\nInclude /m.conf\n"); len(s.Gaps) == 0 {
		t.Error("no gap")
	}
}

func TestEnv(t *testing.T) {
	got := apache.Env("export A=b\nB=\"$A/c\"\nC='$A'\nD=$(date)\nE=$UNSET\nif x; then\nF=1\nfi\nG=1 2\nA=z # note\n")
	if diff := cmp.Diff(map[string]string{"A": "z", "B": "b/c", "C": "$A"}, got); diff != "" {
		t.Error(diff)
	}
}

// TestManyHostsAreFast would take minutes where each host cost the square of them.
func TestManyHostsAreFast(t *testing.T) {
	var b strings.Builder
	b.WriteString("Listen 80\n")
	for n := range 1000 {
		fmt.Fprintf(&b, "<VirtualHost *:80>\nServerName h%d.example\nServerAlias www.h%d.example\n<Location /a>\nRequire all granted\n</Location>\nRewriteEngine on\nRewriteCond %%{HTTPS} off\nRewriteRule ^(.*)$ https://x$1 [R,L]\n</VirtualHost>\n", n, n)
	}
	k := server(b.String()).Sockets()[0]
	for _, h := range k.Hosts {
		if p := k.Plain(h); p.Verdict != apache.Stopped {
			t.Fatal(p)
		}
		h.HSTS()
	}
}

// FuzzParse holds that a host that says it redirects everything never has a section that is said to be answered without a reason.
func FuzzParse(f *testing.F) {
	for _, data := range stock() {
		f.Add(data)
	}
	f.Add("<VirtualHost *:80>\nRewriteEngine on\nRewriteCond %{HTTPS} off [OR]\nRewriteRule ^(.*)$ https://x [R,S=3,C,N]\n</VirtualHost>\nListen 80\n")
	f.Add("<Macro a $b>\nUse a $b$b\n</Macro>\nUse a x\nDefine A ${A}${A}\n")
	f.Add("<If \"%{HTTPS} == 'off'\">\n<Else>\n</If>\n<Directory ~ \"(\">\nHeader set Strict-Transport-Security x\n")
	f.Fuzz(func(t *testing.T, data string) {
		s := server(data, "/r/a.conf", data)
		for n, k := range s.Sockets() {
			if len(k.Hosts) == 0 {
				t.Fatal("a socket without hosts")
			}
			for _, h := range k.Hosts {
				tls := k.TLS(h)
				if p := k.Plain(h); (p.Verdict == "") != (p.Doubt != nil) {
					t.Fatalf("%v", p)
				}
				if tls.On && tls.Doubt == nil && h.Doubt == nil && tls.At == (apache.Position{}) {
					t.Fatal("TLS without a place")
				}
				h.HSTS()
				h.Logs()
				h.Firewall()
				h.Limited()
			}
			if n > 8 {
				break
			}
		}
	})
}
