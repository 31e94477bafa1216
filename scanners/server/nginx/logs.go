package nginx

import "strings"

const docLog = "https://nginx.org/en/docs/http/ngx_http_log_module.html#access_log"

// logged says whether the requests of a context are logged: by its own access_log directives, or else by those of an outer one; one that
// says off turns all of the same context off. Without any, nginx logs to a file of its own.
func logged(s *scope) Setting[bool] {
	list, unread := s.effective("access_log", false)
	if unread != nil {
		return open[bool](unread)
	}
	if len(list) == 0 {
		return unset(true, docLog)
	}
	var doubt *Directive
	var writes *Directive
	for _, d := range list {
		switch {
		case len(d.Args) == 0, d.Args[0] == "off":
			return known(false, d)
		case d.Args[0] == "/dev/null":
		case conditional(d), strings.Contains(d.Args[0], "$"):
			doubt = d
		default:
			writes = d
		}
	}
	switch {
	case writes != nil:
		return known(true, writes)
	case doubt != nil:
		return open[bool](doubt)
	}
	return known(false, list...)
}

// conditional says whether only some requests are logged: the parameter if of access_log.
func conditional(d *Directive) bool {
	for _, word := range d.Args[1:] {
		if strings.HasPrefix(word, "if=") {
			return true
		}
	}
	return false
}

// limited says whether too many requests, or connections, of one client are refused in a context.
// https://nginx.org/en/docs/http/ngx_http_limit_req_module.html, https://nginx.org/en/docs/http/ngx_http_limit_conn_module.html
func limited(s *scope) Setting[bool] {
	var doubt *Setting[bool]
	for _, name := range []string{"limit_req", "limit_conn"} {
		list, unread := s.effective(name, false)
		if unread != nil {
			o := open[bool](unread)
			doubt = &o
		}
		if dry := s.flag(name+"_dry_run", ""); !dry.Known || dry.Value {
			continue
		}
		for _, d := range list {
			if perClient(s, name+"_zone", zone(d)) {
				return known(true, d)
			}
			o := open[bool](d)
			doubt = &o
		}
	}
	if doubt != nil {
		return *doubt
	}
	return unset(false, "https://nginx.org/en/docs/http/ngx_http_limit_req_module.html#limit_req")
}

// zone is the name of the zone that a limit counts in.
func zone(d *Directive) string {
	for _, word := range d.Args {
		if name, ok := strings.CutPrefix(word, "zone="); ok {
			return name
		}
	}
	if d.Name == "limit_conn" && len(d.Args) > 0 {
		return d.Args[0]
	}
	return ""
}

// perClient says whether a zone counts by the client's address.
func perClient(s *scope, directive, zone string) bool {
	for c := s; c != nil; c = c.up {
		for _, d := range c.own(directive) {
			if len(d.Args) < 2 {
				continue
			}
			key := strings.NewReplacer("{", "", "}", "").Replace(d.Args[0])
			if key != "$binary_remote_addr" && key != "$remote_addr" {
				continue
			}
			for _, word := range d.Args[1:] {
				if strings.HasPrefix(word, "zone="+zone+":") {
					return true
				}
			}
		}
	}
	return false
}
