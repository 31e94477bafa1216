package nginx

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/modsecurity"
	"github.com/tomscan/tomscan/scanners/server/webtls"
)

// debian12 is nginx of Debian 12.
func debian12() Build {
	return Build{Version: [3]int{1, 22, 1}, OpenSSL: webtls.OpenSSL{Major: 3, Level: 2, LevelKnown: true}}
}

// sites reads the inside of an http block.
func sites(t *testing.T, b Build, http string) Sites {
	t.Helper()
	return Read(load(t, "http {"+http+"}"), b, capture.MemoryOf(map[string]string{
		"/etc/nginx/modsec.conf": "SecRuleEngine On\nSecRule ARGS x \"id:1,deny\"\n",
	}), "/etc/nginx")
}

// verdict is yes, no, or what keeps it open.
func verdict(s Setting[bool]) string {
	switch {
	case !s.Known:
		return "open: " + s.What
	case s.Value:
		return "yes"
	}
	return "no"
}

func TestPlainRequests(t *testing.T) {
	const to = "return 301 https://$host$request_uri;"
	for _, c := range []struct{ name, server, want string }{
		{"a redirect of the server", to, "yes"},
		{"a redirect of each location, challenges exempt", "location / { " + to + " } location /.well-known/acme-challenge/ { root /var/www; }", "yes"},
		{"a location without one", "location / { " + to + " } location /api/ { root /x; }", "no"},
		{"a pattern without one", `location / { ` + to + ` } location ~ \.php$ { root /x; }`, "no"},
		{"a pattern that another one hides", `location / { root /y; } location ~ ^/(.*)$ { ` + to + ` } location ~ \.php$ { root /x; }`, "yes"},
		{"no location at all", "root /var/www;", "no"},
		{"to plain http", "return 301 http://www.example$request_uri;", "no"},
		{"to the scheme of the request", "return 301 $scheme://www.example$request_uri;", "no"},
		{"to a path", "return 301 /x;", "no"},
		{"to what a variable says", "return 301 $target;", "open: return 301 $target"},
		{"refused", "return 444;", "yes"},
		{"refused, with a page that answers something else", "error_page 403 =200 /x; return 403;", "open: error_page 403 =200 /x"},
		{"denied to all", "deny all;", "yes"},
		{"an answer of its own", `return 200 "hello";`, "no"},
		{"as certbot writes it", "server_name a.example; if ($host = a.example) { " + to + " } return 404;", "yes"},
		{"as certbot writes it, without its last line", "server_name a.example; if ($host = a.example) { " + to + " }", "no"}, // other hosts are answered too
		{"by the scheme", `if ($scheme != "https") { ` + to + ` } location / { root /x; }`, "yes"},
		{"for what the client says", "if ($http_x_forwarded_proto = http) { " + to + " }", "no"},
		{"behind a break that the client chooses", "if ($http_x) { break; } " + to, "no"},
		{"for all but challenges", `if ($request_uri !~ "^/\.well-known/acme-challenge/") { ` + to + " }", "yes"},
		{"for all but what is well known", `if ($request_uri !~ "^/\.well-known/") { ` + to + " }", "open: server"},
		{"for all but challenges and more", `if ($request_uri !~ "^/\.well-known/acme-challenge/|^/api/") { ` + to + " }", "open: server"},
		{"a location for what is well known", "location / { " + to + " } location /.well-known/ { root /var/www; }", "no"},
		{"a location for challenges and more", "location / { " + to + ` } location ~ "^/\.well-known/acme-challenge/|^/api/" { root /var/www; }`, "no"},
		{"a pattern for all but challenges", `location / { root /x; } location ~ ^/(?!\.well-known/acme-challenge/) { ` + to + " }", "yes"},
		{"a pattern for all but what is well known", `location / { root /x; } location ~ ^/(?!\.well-known) { ` + to + " }", "no"},
		{"a pattern for some but challenges", `location / { root /x; } location ~ ^/(?!\.well-known)api { ` + to + " }", "open: location /"},
		{"by a rewrite", "rewrite ^(.*)$ https://$host$1 permanent;", "yes"},
		{"by a rewrite of some paths", "rewrite ^/a https://$host/a permanent;", "no"},
		{"by an application", "location / { proxy_pass http://127.0.0.1:3000; }", "open: proxy_pass http://127.0.0.1:3000"},
		{"by Lua", "content_by_lua_block { ngx.redirect('https://x') }", "open: content_by_lua_block"},
		{"by a file or another location", "location / { try_files $uri @to; } location @to { " + to + " }", "no"},
		{"by nothing that can be reached", "location / { internal; }", "yes"},
		{"by what was not read", "include /opt/x.conf;", "open: include /opt/x.conf"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := sites(t, debian12(), "server { listen 80; "+c.server+" }").Listeners
			if len(got) != 1 || verdict(got[0].Redirects) != c.want {
				t.Errorf("%+v, want %s", got, c.want)
			}
		})
	}
}

func TestVersions(t *testing.T) {
	newer := debian12()
	newer.Version = [3]int{1, 29, 2}
	const two = "server { listen 443 ssl; server_name a; ssl_protocols TLSv1.2 TLSv1.3; } server { listen 443 ssl; server_name b; ssl_protocols TLSv1.3; }"
	for _, c := range []struct {
		name  string
		build Build
		http  string
		want  []webtls.Version
	}{
		{"the default server decides for all", debian12(), two, []webtls.Version{webtls.TLS12, webtls.TLS12}},
		{"each decides since 1.29.2", newer, two, []webtls.Version{webtls.TLS12, webtls.TLS13}},
		{"the default server is the one that says so", debian12(), "server { listen 443 ssl; server_name a; } server { listen 443 ssl default_server; server_name b; ssl_protocols TLSv1.3; }", []webtls.Version{webtls.TLS13, webtls.TLS13}},
		{"OpenSSL refuses old ones", debian12(), "ssl_protocols TLSv1 TLSv1.2; server { listen 443 ssl; }", []webtls.Version{webtls.TLS12}},
		{"unless its level is 0", debian12(), "ssl_protocols TLSv1 TLSv1.2; ssl_ciphers ALL:@SECLEVEL=0; server { listen 443 ssl; }", []webtls.Version{webtls.TLS10}},
		{"level and ciphers are the server's own", debian12(), "ssl_protocols TLSv1 TLSv1.2; server { listen 443 ssl; server_name a; } server { listen 443 ssl; server_name b; ssl_ciphers ALL:@SECLEVEL=0; }", []webtls.Version{webtls.TLS12, webtls.TLS10}},
		{"a server that rejects every handshake is none", debian12(), "server { listen 443 ssl default_server; ssl_reject_handshake on; } server { listen 443 ssl; server_name a; ssl_protocols TLSv1.3; }", []webtls.Version{webtls.TLS12}},
		{"HTTP/3", debian12(), "server { listen 443 quic; }", []webtls.Version{webtls.TLS13}},
		{"nothing can be agreed on", debian12(), "server { listen 443 ssl; ssl_protocols TLSv1 TLSv1.1; }", []webtls.Version{webtls.None}},
		{"the version of nginx is not known", Build{}, "server { listen 443 ssl; }", []webtls.Version{webtls.None}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []webtls.Version
			for _, l := range sites(t, c.build, c.http).Listeners {
				got = append(got, l.Versions.Min.Value)
				if l.Versions.Min.Known != (l.Versions.Min.Value != webtls.None) {
					t.Errorf("%+v is known and none, or the other way round", l.Versions.Min)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDefaultVersions(t *testing.T) {
	for version, want := range map[[3]int]webtls.Version{{1, 8, 0}: webtls.SSL30, {1, 22, 1}: webtls.TLS10, {1, 23, 4}: webtls.TLS10, {1, 27, 3}: webtls.TLS12, {1, 30, 0}: webtls.TLS12} {
		if got := (Build{Version: version}).enabled(&scope{}); lowest(got.Value) != want || got.Default == "" {
			t.Errorf("%v: %v, want %v", version, got, want)
		}
	}
}

func TestWhatSitesDo(t *testing.T) {
	const header = `add_header Strict-Transport-Security "max-age=31536000";`
	for _, c := range []struct {
		name, http string
		hsts       Setting[int]
		logged     string
		limited    string
		firewall   modsecurity.Mode
	}{
		{"nothing is set", "location / { }", Setting[int]{Known: true}, "yes", "no", modsecurity.Off},
		{"a header of the server", header + "location / { }", Setting[int]{Known: true, Value: 365}, "yes", "no", modsecurity.Off},
		{"a location with headers of its own drops it", header + "location / { } location /x { add_header A b; }", Setting[int]{Known: true}, "yes", "no", modsecurity.Off},
		{"an application may send it", "location / { proxy_pass http://a; }", Setting[int]{What: "proxy_pass http://a"}, "yes", "no", modsecurity.Off},
		{"a variable", "add_header Strict-Transport-Security $h; location / { }", Setting[int]{What: "add_header Strict-Transport-Security $h"}, "yes", "no", modsecurity.Off},
		{"no log for one location", "location / { } location /x { access_log off; }", Setting[int]{Known: true}, "no", "no", modsecurity.Off},
		{"a log of some requests", "access_log /a combined if=$x; location / { }", Setting[int]{Known: true}, "open: access_log /a combined if=$x", "no", modsecurity.Off},
		{"limits for each client", "limit_req zone=one; location / { }", Setting[int]{Known: true}, "yes", "yes", modsecurity.Off},
		{"limits for all together", "limit_req zone=all; location / { }", Setting[int]{Known: true}, "yes", "open: limit_req zone=all", modsecurity.Off},
		{"limits that are only tried", "limit_req_dry_run on; limit_req zone=one; location / { }", Setting[int]{Known: true}, "yes", "no", modsecurity.Off},
		{"ModSecurity blocks", "modsecurity on; modsecurity_rules_file modsec.conf; location / { }", Setting[int]{Known: true}, "yes", "no", modsecurity.Block},
		{"ModSecurity only detects in a location", "modsecurity on; modsecurity_rules_file modsec.conf; location / { modsecurity_rules 'SecRuleEngine DetectionOnly'; }", Setting[int]{Known: true}, "yes", "no", modsecurity.Detect},
		{"ModSecurity is off in a location", "modsecurity on; modsecurity_rules_file modsec.conf; location / { } location /x { modsecurity off; }", Setting[int]{Known: true}, "yes", "no", modsecurity.Off},
	} {
		t.Run(c.name, func(t *testing.T) {
			zones := "limit_req_zone $binary_remote_addr zone=one:1m rate=1r/s; limit_req_zone $server_name zone=all:1m rate=1r/s;"
			got := sites(t, debian12(), zones+"server { listen 443 ssl; server_name a; "+c.http+"}").Sites[0]
			if got.HSTS.Known != c.hsts.Known || got.HSTS.Value != c.hsts.Value || !got.HSTS.Known && got.HSTS.What != c.hsts.What {
				t.Errorf("HSTS %+v, want %+v", got.HSTS, c.hsts)
			}
			if verdict(got.Logged) != c.logged || verdict(got.Limited) != c.limited || got.Firewall.Value != c.firewall || !got.Firewall.Known {
				t.Errorf("logged %s, limited %s, firewall %+v", verdict(got.Logged), verdict(got.Limited), got.Firewall)
			}
		})
	}
}

func TestSockets(t *testing.T) {
	for text, want := range map[string][]string{
		"80": {"0.0.0.0:80"}, "*:8080": {"0.0.0.0:8080"}, "127.0.0.1": {"127.0.0.1:80"}, "[::]:443": {"[::]:443"}, "[::1]": {"[::1]:80"},
		"localhost:81": {"127.0.0.1:81"}, "unix:/run/a.sock": {"unix:/run/a.sock"}, "8080-8082": {"0.0.0.0:8080", "0.0.0.0:8081", "0.0.0.0:8082"}, "a.example:1": {"a.example:1"},
	} {
		var got []string
		for _, s := range sockets(text) {
			got = append(got, s.Name)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
}

func TestServersOfASocket(t *testing.T) {
	got := sites(t, debian12(), `server { server_name a b; } server { server_name b; } server { server_name b c; } server { listen [::]:80; server_name d; }`)
	var names []string
	for _, l := range got.Listeners {
		name := l.Socket.Name + " " + l.Name
		if l.Default {
			name += " default"
		}
		names = append(names, name)
	}
	want := []string{"0.0.0.0:80 a default", "0.0.0.0:80 c", "[::]:80 d default"} // the second has no name of its own
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
}

func TestWhatMayHideServers(t *testing.T) {
	files := capture.NewMemory("/etc/nginx")
	files.Add("/etc/nginx/nginx.conf", capture.Info{}, []byte("http { include /opt/*.conf; server { listen 443 ssl; server_name a; } server { listen 443 ssl; server_name b; } } mail { }"), nil)
	c, err := Load(files, "/etc/nginx/nginx.conf")
	if err != nil {
		t.Fatal(err)
	}
	got := Read(c, debian12(), files, "/etc/nginx")
	if len(got.Hidden) != 2 {
		t.Errorf("hidden: %+v, want the include and the mail block", got.Hidden)
	}
	for _, l := range got.Listeners {
		if l.Versions.Min.Known {
			t.Errorf("%s: %v is known, though the default server is not", l.Name, l.Versions.Min.Value)
		}
	}
}

// TestServersWithTooManyLocationsAreOpen: what others do is told all the same.
func TestServersWithTooManyLocationsAreOpen(t *testing.T) {
	many := ""
	for n := range 3000 {
		many += fmt.Sprintf("location /%d { return 301 https://$host; } ", n)
	}
	got := sites(t, debian12(), "server { listen 80; server_name a; "+many+" } server { listen 80; server_name b; location / { return 301 https://b; } }")
	if len(got.Listeners) != 2 || got.Listeners[0].Redirects.Known || verdict(got.Listeners[1].Redirects) != "yes" {
		t.Errorf("%+v", got.Listeners)
	}
}
