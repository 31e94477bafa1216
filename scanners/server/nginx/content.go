package nginx

import (
	"slices"
	"strings"
)

// content is what a request is answered with that no rewrite stopped.
func content(s *scope, sure bool) answer {
	if d := foreign(s); d != nil {
		return answer{decided, sure, d, s}
	}
	if d, ok := deniesAll(s); ok {
		if satisfy, unread := s.effective("satisfy", true); unread == nil && (len(satisfy) == 0 || satisfy[0].Text() == "satisfy all") {
			return failure(s, 403, answer{refused, sure, d, s})
		}
		return answer{decided, sure, d, s}
	}
	for _, d := range s.block {
		switch {
		case strings.HasSuffix(d.Name, "_pass") && d.Name != "proxy_pass_request_headers":
			return answer{decided, sure, d, s} // the application may redirect by itself
		case d.Name == "try_files":
			return answer{served, sure, d, s} // a file, or what its last word says: goesOn
		}
	}
	return answer{served, sure, s.opener, s}
}

// deniesAll says whether access is denied to everybody.
// https://nginx.org/en/docs/http/ngx_http_access_module.html
func deniesAll(s *scope) (*Directive, bool) {
	for c := s; c != nil; c = c.up {
		for _, d := range c.block {
			switch {
			case d.Name == "allow":
				return nil, false
			case d.Name == "deny":
				return d, len(d.Args) == 1 && d.Args[0] == "all"
			}
		}
	}
	return nil, false
}

// foreign finds a directive of a module that may answer requests by its own rules: Lua, JavaScript, Perl, application servers.
func foreign(s *scope) *Directive {
	for c := s; c != nil; c = c.up {
		for _, d := range c.block {
			if c != s && strings.HasSuffix(d.Name, "_pass") {
				continue
			}
			if isForeign(d.Name) {
				return d
			}
		}
	}
	return nil
}

// isForeign says whether a module other than nginx' own may answer a request where the directive stands.
func isForeign(name string) bool {
	for _, part := range []string{"content_by_lua", "access_by_lua", "rewrite_by_lua", "server_rewrite_by_lua"} {
		if strings.HasPrefix(name, part) {
			return true
		}
	}
	own := []string{"auth_pam", "js_access", "js_content", "passenger_enabled", "pagespeed", "perl", "SecRulesEnabled", "acme_certificate", "auth_jwt", "auth_oidc", "echo", "echo_exec", "rds_json"}
	return slices.Contains(own, name)
}

// hasHandler says whether a block says itself how requests are answered.
func hasHandler(block []*Directive) bool {
	return slices.ContainsFunc(block, func(d *Directive) bool { return strings.HasSuffix(d.Name, "_pass") || isForeign(d.Name) })
}
