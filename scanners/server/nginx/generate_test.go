package nginx

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// generator writes configurations of http blocks that nginx accepts.
type generator struct {
	*rand.Rand
	root, cert, key string
	plain, secure   []string // addresses
	log             string
	inTLS           bool
}

// paths are what is asked for; a file stands at each.
func paths() []string {
	return []string{"/", "/x", "/api/x", "/app/x", "/static/f.css", "/a.php", "/exact", "/.well-known/acme-challenge/t", "/.well-known/other", "/zz.php", "/apizz", "/appzz"}
}

func (g *generator) pick(all ...string) string { return all[g.IntN(len(all))] }

func (g *generator) chance(n int) bool { return g.IntN(n) == 0 }

const toHTTPS = "return 301 https://$host$request_uri;"

// config writes a whole file.
func (g *generator) config() string {
	var b strings.Builder
	fmt.Fprintf(&b, "error_log %s.error; pid %s.pid; worker_processes 1;\nevents { worker_connections 64; }\nhttp {\n default_type text/plain; root %s;\n", g.log, g.log, g.root)
	for _, kind := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
		fmt.Fprintf(&b, " %s_temp_path %s.%s;\n", kind, g.log, kind)
	}
	fmt.Fprintf(&b, " access_log %s;\n ssl_certificate %s; ssl_certificate_key %s;\n", g.log, g.cert, g.key)
	if g.chance(3) {
		b.WriteString(" " + g.hsts() + "\n")
	}
	if g.chance(4) {
		b.WriteString(" " + g.protocols() + "\n")
	}
	names := []string{"a.example", "www.b.example", "*.c.example", ""}
	for _, addresses := range [][]string{g.plain, g.secure} {
		g.inTLS = len(g.secure) > 0 && addresses[0] == g.secure[0]
		for n := range 2 + g.IntN(3) {
			b.WriteString(g.server(names[n], addresses, n))
		}
	}
	return b.String() + "}\n"
}

// server writes one server block.
func (g *generator) server(name string, addresses []string, n int) string {
	var b strings.Builder
	b.WriteString(" server {\n")
	for i, address := range addresses {
		if i > 0 && g.chance(2) {
			continue
		}
		tls := ""
		if g.inTLS {
			tls = " ssl"
		}
		if n == 1 && i == 0 && g.chance(2) {
			tls += " default_server"
		}
		fmt.Fprintf(&b, "  listen %s%s;\n", address, tls)
	}
	if name != "" {
		fmt.Fprintf(&b, "  server_name %s;\n", name)
	}
	parts := []string{}
	if g.inTLS {
		parts = g.secureParts()
	} else {
		for range g.IntN(3) {
			parts = append(parts, g.serverPart(name))
		}
	}
	parts = append(parts, g.locations()...)
	g.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	for _, p := range parts {
		b.WriteString("  " + p + "\n")
	}
	return b.String() + " }\n"
}

func (g *generator) hsts() string {
	return g.pick("add_header Strict-Transport-Security max-age=31536000;", `add_header Strict-Transport-Security "max-age=86400; includeSubDomains" always;`, "add_header X-Frame-Options DENY;")
}

func (g *generator) protocols() string {
	return "ssl_protocols " + g.pick("TLSv1.3", "TLSv1.2 TLSv1.3", "TLSv1.2", "TLSv1 TLSv1.1 TLSv1.2 TLSv1.3", "TLSv1.1 TLSv1.2", "TLSv1 TLSv1.1") + ";"
}

func (g *generator) secureParts() []string {
	var parts []string
	if g.chance(2) {
		parts = append(parts, g.protocols())
	}
	if g.chance(2) {
		parts = append(parts, "ssl_ciphers "+g.pick("HIGH:!aNULL:!MD5", "HIGH:@SECLEVEL=0", "ECDHE+AESGCM", "ECDHE+AESGCM:@SECLEVEL=0", "ALL:@SECLEVEL=1", "ALL:@SECLEVEL=0")+";")
	}
	if g.chance(2) {
		parts = append(parts, g.hsts())
	}
	if g.chance(5) {
		parts = append(parts, "return 301 https://www.example$request_uri;")
	}
	if g.chance(8) {
		parts = append(parts, "ssl_reject_handshake on;")
	}
	return append(parts, g.logging()...)
}

func (g *generator) logging() []string {
	if g.chance(4) {
		return []string{g.pick("access_log off;", "access_log /dev/null;", "access_log "+g.log+" combined;")}
	}
	return nil
}

// serverPart is a directive of a plain server.
func (g *generator) serverPart(name string) string {
	if name == "" || strings.HasPrefix(name, "*") {
		name = "a.example"
	}
	return g.pick(
		toHTTPS, toHTTPS, "return 302 http://other.example$request_uri;", "return 444;", "return 403;", `return 200 "hello";`, "return 301 /x;", "return https://$server_name;",
		"return 308 $scheme://x.example/;", "rewrite ^ https://$host$request_uri? permanent;", "rewrite ^/(.*)$ https://$host/$1 redirect;", "rewrite ^/api/(.*)$ https://$host/$1;",
		"rewrite ^/app/ /x last;", "rewrite ^ /exact last;", "rewrite ^/x /api/x break;", "rewrite ^/x$ /app/x;",
		"if ($scheme = http) { "+toHTTPS+" }", `if ($scheme != "https") { `+toHTTPS+" }", `if ($https = "") { `+toHTTPS+" }", "if ($host = "+name+") { "+toHTTPS+" }",
		"if ($http_x_forwarded_proto = http) { "+toHTTPS+" }", "if ($request_method = POST) { return 405; }", `if ($request_uri !~ "^/\.well-known/") { `+toHTTPS+" }", `if ($request_uri !~ "^/\.well-known/acme-challenge/") { `+toHTTPS+" }",
		`if ($request_uri ~ ^/\.well-known/) { break; }`, "if ($http_x_skip) { break; }", `if ($host ~ ^www\.) { `+toHTTPS+" }", "if ($https) { return 200 x; }",
		"if ($host != "+name+") { return 444; }", "error_page 403 /x;", "error_page 403 =200 /x;", "error_page 403 https://e.example/;", "deny all;",
	)
}

// locations are some locations of a server, with their bodies.
func (g *generator) locations() []string {
	var all []string
	if g.inTLS || g.chance(2) {
		all = append(all, "location / { "+g.body()+" }")
	}
	for _, path := range []string{"= /exact", "^~ /static/", `~ \.php$`, "/api/", "/.well-known/acme-challenge/", "@named", `~ ^/(?!\.well-known)`, "/app", "= /x", "^~ /", "~ ^/api"} {
		if g.chance(6) && (path != "^~ /" || len(all) == 0) {
			all = append(all, "location "+path+" { "+g.body()+" }")
		}
	}
	return all
}

// body is what stands in a location.
func (g *generator) body() string {
	parts := g.logging()
	if g.inTLS {
		if g.chance(3) {
			parts = append(parts, g.hsts())
		}
		return strings.Join(parts, " ")
	}
	for range g.IntN(2) + 1 {
		parts = append(parts, g.pick("", toHTTPS, toHTTPS, toHTTPS, "return 403;", "deny all;", "try_files $uri =404;", "rewrite ^ https://$host$request_uri? permanent;", "rewrite ^ /exact last;",
			"if ($scheme = http) { "+toHTTPS+" }", "internal;", "return 200 x;", "allow 127.0.0.1;", "if ($http_x_skip) { return 200 y; }", "limit_except GET { deny all; }", `rewrite ^/app/(.*) https://$host/$1 break;`))
	}
	slices.Sort(parts)
	parts = slices.Compact(parts) // nginx refuses some directives twice
	g.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	return strings.Join(parts, " ")
}
