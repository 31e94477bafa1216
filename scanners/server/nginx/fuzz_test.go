package nginx

import (
	"testing"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// FuzzRead reads any text; what nginx listens on has a name and appears once.
func FuzzRead(f *testing.F) {
	f.Add("http { server { listen 80; return 301 https://$host$request_uri; location ~ \\.php$ { try_files $uri =404; } } }")
	f.Add("http { server { listen 443 ssl; ssl_certificate a; rewrite ^ /x last; if ($scheme = \"\") { break; } location / { location /a { internal; } } } }")
	f.Add("stream { server { listen [::]:1-3 udp; } } http { rewrite; server { return; rewrite a; error_page; location; access_log; limit_req; } }")
	f.Add("content_by_lua_block { -- } \n } include *; mail { }")
	f.Fuzz(func(t *testing.T, text string) {
		files := capture.MemoryOf(map[string]string{"/n.conf": text})
		c, err := Load(files, "/n.conf")
		if err != nil {
			return
		}
		seen := map[string]bool{}
		for _, l := range Read(c, Build{Version: [3]int{1, 22, 1}}, files, "/").Listeners {
			key := l.Socket.Name + " " + l.Name
			if seen[key] || l.Name == "" {
				t.Errorf("%q: listener %q twice or without a name", text, key)
			}
			seen[key] = true
		}
	})
}
