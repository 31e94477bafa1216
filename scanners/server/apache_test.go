package server

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// debianApache is what matters of Debian's configuration, with one host that redirects and one with TLS.
func debianApache() map[string]string {
	return map[string]string{
		"/etc/apache2/envvars":                      "export APACHE_LOG_DIR=/var/log/apache2\n",
		"/etc/apache2/apache2.conf":                 "IncludeOptional mods-enabled/*.load\nInclude ports.conf\n<Directory />\nRequire all denied\n</Directory>\n<Directory /var/www/>\nRequire all granted\n</Directory>\nIncludeOptional sites-enabled/*.conf\n",
		"/etc/apache2/ports.conf":                   "Listen 80\n<IfModule ssl_module>\nListen 443\n</IfModule>\nListen 127.0.0.1:8080\n",
		"/etc/apache2/mods-enabled/ssl.load":        "LoadModule ssl_module m\n",
		"/etc/apache2/sites-enabled/000-d.conf":     "<VirtualHost *:80>\nDocumentRoot /var/www/html\nCustomLog ${APACHE_LOG_DIR}/access.log combined\n</VirtualHost>\n",
		"/etc/apache2/sites-enabled/named.conf":     "<VirtualHost *:80>\nServerName www.example.com\nRedirect permanent / https://www.example.com/\n</VirtualHost>\n",
		"/etc/apache2/sites-enabled/named-ssl.conf": "<VirtualHost *:443>\nServerName www.example.com\nDocumentRoot /var/www/html\nSSLEngine on\nSSLProtocol -all +TLSv1.2\nSSLCertificateFile /etc/ssl/www.pem\nHeader set Strict-Transport-Security max-age=31536000\n</VirtualHost>\n",
	}
}

// readOne runs one reader on a host and returns the values of its facts; what is not known is the reason's code.
func readOne(read func(*host), c *capture.Capture) (map[string]map[string]any, *host) {
	h := &host{Capture: c, place: evidence.Place{Host: c.Host}, found: map[evidence.Kind]int{}}
	read(h)
	facts := map[string]map[string]any{}
	for _, f := range h.facts {
		facts[f.Address] = map[string]any{}
		for name, r := range f.Settings {
			if facts[f.Address][name] = r.Value; r.State != evidence.StateKnown {
				facts[f.Address][name] = r.Why.Code
			}
		}
	}
	return facts, h
}

func TestApacheOfDebian(t *testing.T) {
	commands := map[string]capture.Command{
		"openssl":  {Line: "openssl version", Out: []byte("OpenSSL 3.0.19 27 Jan 2026 (Library: OpenSSL 3.0.19 27 Jan 2026)\n")},
		"apache-V": {Line: "apache2ctl -V", Out: []byte("Server version: Apache/2.4.71 (Debian)\n")},
	}
	got, h := readOne(readApache, capture.Taken(capture.Capture{}, capture.MemoryOf(debianApache()), commands))
	for _, f := range got {
		delete(f, "region")
		delete(f, "public")
	}
	listener := func(protocol string, port, tls int, redirects bool) map[string]any {
		return map[string]any{"protocol": protocol, "port": port, "tls_min": tls, "redirects_to_https": redirects}
	}
	want := map[string]map[string]any{
		"apache/*:80/default":                listener("http", 80, 0, false),
		"apache/*:80/www.example.com":        listener("http", 80, 0, true),
		"apache/*:443/www.example.com":       listener("https", 443, 12, false),
		"apache/127.0.0.1:8080/main":         listener("http", 8080, 0, true), // nothing is granted outside of /var/www
		"apache/certificate/etc/ssl/www.pem": {"days_left": "host_not_there", "in_use": true, "key_bits": "host_not_there", "renews": "renewal_not_seen"},
		"apache/site/*:80/default":           {"hsts_days": 0, "access_logging": true, "web_firewall": "off", "rate_limited": false},
		"apache/site/*:443/www.example.com":  {"hsts_days": 365, "access_logging": false, "web_firewall": "off", "rate_limited": false},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(h.gaps) > 0 {
		t.Errorf("gaps: %v", h.gaps)
	}
}

func TestApacheOnLoopbackIsNotPublic(t *testing.T) {
	got, _ := readOne(readApache, capture.Taken(capture.Capture{}, capture.MemoryOf(debianApache()), nil))
	if public := got["apache/127.0.0.1:8080/main"]["public"]; public != false {
		t.Errorf("public = %v", public)
	}
}

// TestApacheUnreadFileHidesAndLeavesOpen: a file that was not collected may hold more hosts, and may change those that are known.
func TestApacheUnreadFileHidesAndLeavesOpen(t *testing.T) {
	m := capture.NewMemory("/etc/apache2")
	m.Add("/etc/apache2/apache2.conf", capture.Info{}, []byte("Listen 80\nRedirect / https://x/\nInclude /srv/sites\n"), nil)
	got, h := readOne(readApache, capture.Taken(capture.Capture{}, m, nil))
	if code := got["apache/*:80/main"]["redirects_to_https"]; code != "host_not_collected" {
		t.Errorf("redirects_to_https = %v", code)
	}
	if len(h.gaps) != 1 || h.gaps[0].Args["what"] != "/srv/sites" {
		t.Errorf("gaps: %v", h.gaps)
	}
}

func TestApacheThatIsNotThere(t *testing.T) {
	got, h := readOne(readApache, capture.Taken(capture.Capture{}, capture.MemoryOf(nil), nil))
	if len(got) != 0 || len(h.gaps) != 0 {
		t.Errorf("got %v, gaps %v", got, h.gaps)
	}
	_, h = readOne(readApache, capture.Taken(capture.Capture{}, capture.NewMemory("/etc/ssh"), nil))
	if len(h.gaps) != 1 {
		t.Errorf("nobody looked: gaps %v", h.gaps)
	}
}

// TestApacheWithNewerFilesIsStale: what the process has read is not what stands in the file.
func TestApacheWithNewerFilesIsStale(t *testing.T) {
	at := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	m := capture.NewMemory("/")
	m.Add("/etc/apache2/apache2.conf", capture.Info{ModTime: at.Add(-time.Minute)}, []byte("Listen 80\nRedirect / https://x/\n"), nil)
	ps := map[string]capture.Command{"ps": {Out: []byte("100 1 3600 apache2 /usr/sbin/apache2 -k start\n")}}
	got, _ := readOne(readApache, capture.Taken(capture.Capture{Live: true, At: at}, m, ps))
	if code := got["apache/*:80/main"]["redirects_to_https"]; code != "stale" {
		t.Errorf("redirects_to_https = %v", code)
	}
}

func TestControlPanel(t *testing.T) {
	said := func(out string) capture.Command { return capture.Command{Line: "whmapi1", Out: []byte(out)} }
	on, off := said(`{"data":{"is_enabled":1},"metadata":{"result":1}}`), said(`{"data":{"is_enabled":0},"metadata":{"result":1}}`)
	tests := []struct {
		name             string
		policy, enrolled *capture.Command
		wantPolicy, want any
	}{
		{"off", &off, nil, false, false},
		{"on, and everybody uses it", &on, ptr(said(`{"data":{"root":{"is_enabled":1},"rita":{"is_enabled":"1"},"c":{"is_enabled":0}},"metadata":{"result":1}}`)), true, true},
		{"on, and a reseller does not", &on, ptr(said(`{"data":{"root":{"is_enabled":1}},"metadata":{"result":1}}`)), true, false},
		{"on, and root does not", &on, ptr(said(`{"data":{"rita":{"is_enabled":1}},"metadata":{"result":1}}`)), true, false},
		{"on, and nobody does", &on, ptr(said(`{"enrolled":0}`)), true, false},
		{"on, and some do", &on, ptr(said(`{"enrolled":3}`)), true, "host_not_understood"},
		{"an answer of another shape", ptr(said(`{"data":{},"metadata":{"result":1}}`)), ptr(said(`[]`)), "host_not_understood", "host_not_understood"},
		{"a refusal", ptr(said(`{"metadata":{"result":0}}`)), nil, "host_not_understood", "host_not_collected"},
		{"nobody asked", nil, nil, "host_not_collected", "host_not_collected"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			commands := map[string]capture.Command{}
			if tt.policy != nil {
				commands["whmapi-twofactor"] = *tt.policy
			}
			if tt.enrolled != nil {
				commands["whmapi-enrolled"] = *tt.enrolled
			}
			files := capture.MemoryOf(map[string]string{cpanelConfig: "", resellersFile: "rita:all\n"})
			got, _ := readOne(readControlPanel, capture.Taken(capture.Capture{Live: true}, files, commands))
			want := map[string]map[string]any{"cpanel": {"second_factor_policy": tt.wantPolicy, "admins_enrolled": tt.want}}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func ptr[T any](v T) *T { return &v }

func TestImunify(t *testing.T) {
	valid := capture.Command{Line: "imunify360-agent rstatus", Out: []byte("OK\n")}
	config := "DOS:\n  enabled: True\nPROACTIVE_DEFENCE:\n  mode: LOG\nMALWARE_SCANNING:\n  enable_scan_inotify: false\nMALWARE_SCAN_SCHEDULE:\n  interval: none\n"
	tests := []struct {
		name                  string
		files                 map[string]string
		commands              map[string]capture.Command
		dos, defence, malware any
	}{
		{"as configured", map[string]string{imunifyMain: config}, map[string]capture.Command{"imunify-rstatus": valid}, true, true, false},
		{"a later file wins", map[string]string{imunifyMain: config, imunifyDirectory + "/imunify360.config.d/10.config": "DOS: {enabled: no}\nMALWARE_SCAN_SCHEDULE: {interval: week}\n"},
			map[string]capture.Command{"imunify-rstatus": valid}, false, true, true},
		{"the agent's own word wins", map[string]string{imunifyMain: config}, map[string]capture.Command{"imunify-rstatus": valid, "imunify-config": {Out: []byte(`{"items":{"DOS":{"enabled":false},"PROACTIVE_DEFENCE":{"mode":"DISABLED"}}}`)}},
			false, false, "host_not_understood"},
		{"a licence that is not said to be valid", map[string]string{imunifyMain: config}, map[string]capture.Command{"imunify-rstatus": {Exit: 1, Out: []byte("expired")}}, "host_not_understood", "host_not_understood", false},
		{"an agent that is gone", map[string]string{imunifyMain: config}, map[string]capture.Command{"imunify-rstatus": {Exit: 127}}, false, false, false},
		{"nobody asked for the licence", map[string]string{imunifyMain: config}, nil, "host_not_collected", "host_not_collected", false},
		{"values of another shape", map[string]string{imunifyMain: "DOS:\n  enabled: [1]\nPROACTIVE_DEFENCE: LOG\n"}, nil, "host_not_understood", "host_not_understood", "host_not_understood"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, h := readOne(readImunify, capture.Taken(capture.Capture{Live: true}, capture.MemoryOf(tt.files), tt.commands))
			active := map[string]any{}
			for _, name := range slices.Sorted(maps.Keys(got)) {
				active[name] = got[name]["active"]
			}
			want := map[string]any{"imunify360/dos": tt.dos, "imunify360/proactive_defence": tt.defence, "imunify360/malware": tt.malware}
			if diff := cmp.Diff(want, active); diff != "" || len(h.gaps) > 0 {
				t.Errorf("%s gaps %v", diff, h.gaps)
			}
		})
	}
}

func TestImunifyBrokenFileIsAGap(t *testing.T) {
	for _, data := range []string{"- a\n", "a: [\n", "\x00"} {
		got, h := readOne(readImunify, capture.Taken(capture.Capture{}, capture.MemoryOf(map[string]string{imunifyMain: data}), nil))
		if len(got) != 0 || len(h.gaps) != 1 {
			t.Errorf("%q: got %v, gaps %v", data, got, h.gaps)
		}
	}
}

// FuzzParseImunify holds that no value that is not a truth makes a part active.
func FuzzParseImunify(f *testing.F) {
	f.Add("DOS:\n  enabled: True\n")
	f.Add("a: &a [*a]\nDOS: *a\n")
	f.Fuzz(func(t *testing.T, data string) {
		got, _ := readOne(readImunify, capture.Taken(capture.Capture{}, capture.MemoryOf(map[string]string{imunifyMain: data}), map[string]capture.Command{"imunify-config": {Out: []byte(data)}}))
		if len(got) != 0 && len(got) != 3 {
			t.Errorf("facts %v", got)
		}
	})
}

// FuzzParseControlPanel holds that only an answer about root can say that administrators are enrolled.
func FuzzParseControlPanel(f *testing.F) {
	f.Add(`{"data":{"is_enabled":1},"metadata":{"result":1}}`, `{"data":{"root":{"is_enabled":1}},"metadata":{"result":1}}`)
	f.Fuzz(func(t *testing.T, policy, enrolled string) {
		commands := map[string]capture.Command{"whmapi-twofactor": {Out: []byte(policy)}, "whmapi-enrolled": {Out: []byte(enrolled)}}
		got, _ := readOne(readControlPanel, capture.Taken(capture.Capture{}, capture.MemoryOf(map[string]string{cpanelConfig: ""}), commands))
		if got["cpanel"]["admins_enrolled"] == true && whm([]byte(enrolled)) == nil {
			t.Errorf("enrolled by %q", enrolled)
		}
	})
}
