package nginx

import "strings"

// place is a location of a server, or the server itself for what no location takes.
type place struct {
	*scope
	path   string
	sure   bool // some request surely ends there
	hidden bool // only requests that were sent on inside the server end there
}

// places are all locations, with those inside others, and the server itself unless a location takes all that is left.
// https://nginx.org/en/docs/http/ngx_http_core_module.html#location
func places(s *scope) []place {
	var all []place
	taken := locations(s, true, &all, 0)
	if !taken {
		all = append(all, place{scope: s, sure: true})
	}
	return all
}

// locations adds the locations of a context, and says whether they take every request.
func locations(s *scope, sure bool, all *[]place, depth int) bool {
	_, matchAll := patterns(s)
	seen, taken := false, false // a pattern that matches everything was seen; some location takes all that is left
	for _, d := range s.own("location") {
		if len(d.Args) == 0 || depth > depthLimit {
			continue
		}
		modifier, path := "", d.Args[len(d.Args)-1]
		if len(d.Args) == 1 {
			modifier, path = split(path)
		} else {
			modifier = d.Args[0]
		}
		p := place{scope: s.in(d), path: path, sure: sure}
		switch modifier {
		case "@":
			p.hidden, p.sure = true, false
		case "~", "~*":
			p.sure = sure && plausible(path) && !stopsPatterns(s)
			if seen {
				continue // an earlier pattern takes every request that gets this far
			}
			if everything(path) || exceptWellKnown(path) {
				seen, taken = true, true
			}
		case "^~", "=":
			taken = taken || modifier == "^~" && path == "/"
		default:
			if path == "/" {
				taken = true
			}
			if matchAll {
				p.sure = false
				if !contains(s.in(d), "location") {
					continue
				}
			}
		}
		if len(p.own("internal")) > 0 {
			p.hidden, p.sure = true, false
		}
		before := len(*all)
		inner := locations(p.scope, p.sure, all, depth+1)
		if p.hidden {
			for i := before; i < len(*all); i++ {
				(*all)[i].hidden = true
			}
		}
		if !inner || !p.innerTakes() {
			*all = append(*all, p)
		}
	}
	return taken
}

// innerTakes says whether a location inside takes every request of this one: it has the same path, or a pattern for everything.
func (p place) innerTakes() bool {
	for _, d := range p.own("location") {
		if d.Args[len(d.Args)-1] == p.path || len(d.Args) == 2 && strings.HasPrefix(d.Args[0], "~") && everything(d.Args[1]) {
			return true
		}
	}
	return false
}

// split cuts the modifier from a location that is written as one word.
func split(word string) (string, string) {
	for _, modifier := range []string{"^~", "~*", "~", "=", "@"} {
		if rest, ok := strings.CutPrefix(word, modifier); ok {
			return modifier, rest
		}
	}
	return "", word
}

// patterns says whether a context has locations with patterns, and one that takes everything.
func patterns(s *scope) (bool, bool) {
	some, all := false, false
	for _, d := range s.own("location") {
		if len(d.Args) == 2 && strings.HasPrefix(d.Args[0], "~") {
			some = true
			all = all || everything(d.Args[1])
		}
	}
	return some, all
}

// stopsPatterns says whether a location takes everything before patterns are tried.
func stopsPatterns(s *scope) bool {
	for _, d := range s.own("location") {
		if len(d.Args) == 2 && d.Args[0] == "^~" && d.Args[1] == "/" {
			return true
		}
	}
	return false
}

// contains says whether a context has directives of a name.
func contains(s *scope, name string) bool { return len(s.own(name)) > 0 }

// plausible says whether a path can match a pattern: paths start with a slash.
func plausible(pattern string) bool {
	rest, anchored := strings.CutPrefix(pattern, "^")
	return !anchored || rest == "" || strings.ContainsAny(rest[:1], `/.([\`)
}

// exceptWellKnown says whether a pattern matches every path but those below /.well-known.
func exceptWellKnown(pattern string) bool {
	return strings.HasPrefix(strings.ReplaceAll(pattern, `\`, ""), "^/(?!.well-known")
}

// exempt says whether only requests below /.well-known end there: certificate authorities fetch their challenges in plain.
// https://letsencrypt.org/docs/challenge-types/#http-01-challenge
func (p place) exempt() bool {
	path := strings.TrimPrefix(strings.ReplaceAll(p.path, `\`, ""), "^")
	return strings.HasPrefix(path, "/.well-known")
}
