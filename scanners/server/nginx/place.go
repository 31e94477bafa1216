package nginx

import (
	"regexp"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/webtls"
)

// place is a location of a server, or the server itself for what no location takes.
type place struct {
	*scope
	path   string
	sure   bool // some request surely ends there
	rest   bool // only what authorities ask for ends there
	named  bool // its name begins with @
	hidden bool // only requests that were sent on inside the server end there
}

// places are all locations, with those inside others, and the server itself unless a location takes all that is left.
// https://nginx.org/en/docs/http/ngx_http_core_module.html#location
func places(s *scope) []place {
	all := collect(s, nil, 0)
	all = append(all, place{scope: s})
	chosen := map[*Directive][]string{}
	for _, path := range witnesses(s) {
		if at, ok := choose(s, path); ok {
			chosen[at.opener] = append(chosen[at.opener], path)
		}
	}
	kept := all[:0]
	for _, p := range all {
		seen := chosen[p.opener]
		p.rest = len(seen) > 0
		for _, path := range seen {
			if !validation.MatchString(path) {
				p.sure, p.rest = true, false
			}
		}
		p.sure = p.sure && !p.hidden
		if len(seen) == 0 && (p.opener == s.opener && takesAll(s) || p.up == s && overtaken(s, p.opener)) {
			continue
		}
		kept = append(kept, p)
	}
	return kept
}

// takesAll says whether a location takes every request.
func takesAll(s *scope) bool {
	for _, d := range s.own("location") {
		modifier, path := locationOf(d)
		if path == "/" && (modifier == "" || modifier == "^~") || strings.HasPrefix(modifier, "~") && everything(path) {
			return true
		}
	}
	return false
}

// overtaken says whether a pattern for everything takes what a location would get: patterns are tried in order, before plain prefixes.
func overtaken(s *scope, location *Directive) bool {
	modifier, _ := locationOf(location)
	if modifier == "=" || modifier == "^~" || modifier == "@" || len(named(location.Block, "location")) > 0 {
		return false
	}
	for _, d := range s.own("location") {
		m, pattern := locationOf(d)
		if strings.HasPrefix(modifier, "~") && d == location {
			return false
		}
		if strings.HasPrefix(m, "~") && everything(pattern) {
			return true
		}
	}
	return false
}

// collect lists the locations of a context and those inside them.
func collect(s *scope, all []place, depth int) []place {
	for _, d := range s.own("location") {
		if len(d.Args) == 0 || depth > depthLimit {
			continue
		}
		modifier, path := locationOf(d)
		p := place{scope: s.in(d), path: path, named: modifier == "@"}
		p.hidden = p.named || len(p.own("internal")) > 0
		all = collect(p.scope, append(all, p), depth+1)
	}
	return all
}

// locationOf is what a location is for: a modifier, and a path, a pattern or a name.
func locationOf(d *Directive) (string, string) {
	if len(d.Args) == 0 {
		return "", ""
	}
	if len(d.Args) > 1 {
		return d.Args[0], d.Args[1]
	}
	for _, modifier := range []string{"^~", "~*", "~", "=", "@"} {
		if rest, ok := strings.CutPrefix(d.Args[0], modifier); ok {
			return modifier, rest
		}
	}
	return "", d.Args[0]
}

// validation are the paths, and the patterns without their escapes, of what certificate authorities fetch in plain.
// https://letsencrypt.org/docs/challenge-types/#http-01-challenge
var validation = regexp.MustCompile(`^\^?/` + webtls.Validation + `(?:/[^|]*)?\$?$`)

// exempt says whether only what certificate authorities ask for ends there.
func (p place) exempt() bool { return p.rest || validates(p.path) }

// validates says whether a path or pattern is for what certificate authorities ask for.
func validates(pattern string) bool {
	return validation.MatchString(strings.ReplaceAll(pattern, `\`, ""))
}

// but is a pattern for every path but those with one beginning, which Go's expressions cannot say.
var but = regexp.MustCompile(`^\^/\(\?!([\w./-]+)\)(?:\.\*|\(\.\*\))?\$?$`)

// allBut is the beginning of the paths that a pattern does not match, where it matches all others.
func allBut(pattern string) (string, bool) {
	m := but.FindStringSubmatch(strings.ReplaceAll(pattern, `\`, ""))
	if m == nil {
		return "", false
	}
	return "/" + m[1], true
}
