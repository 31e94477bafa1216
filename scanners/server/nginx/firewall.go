package nginx

import (
	"path"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/modsecurity"
)

// firewall says what ModSecurity does in a context. Its connector is off unless it is turned on, and rules of inner contexts come after
// those of outer ones. https://github.com/owasp-modsecurity/ModSecurity-nginx#usage
func firewall(s *scope, files capture.Files, dir string) Setting[modsecurity.Mode] {
	const doc = "https://github.com/owasp-modsecurity/ModSecurity-nginx#modsecurity"
	if d := otherFirewall(s); d != nil {
		return open[modsecurity.Mode](d)
	}
	on := s.flag("modsecurity", doc)
	switch {
	case !on.Known:
		return Setting[modsecurity.Mode]{What: on.What, Err: on.Err, At: on.At}
	case !on.Value:
		return Setting[modsecurity.Mode]{Value: modsecurity.Off, Known: true, Default: on.Default, At: on.At}
	}
	rules, by := collected(s, files, dir)
	mode, ok := rules.Verdict()
	if !ok {
		o := Setting[modsecurity.Mode]{What: "modsecurity_rules_file", At: on.At}
		if len(rules.Unread) > 0 {
			o.What, o.Err = rules.Unread[0].Path, rules.Unread[0].Err
		}
		return o
	}
	decided := known(mode, by...)
	decided.At = append(on.At, decided.At...)
	if rules.At.File != "" {
		decided.At = append(decided.At, Position(rules.At))
	}
	return decided
}

// collected are the rules of a context and those around it.
func collected(s *scope, files capture.Files, dir string) (modsecurity.Rules, []*Directive) {
	if s == nil {
		return modsecurity.Rules{}, nil
	}
	rules, by := collected(s.up, files, dir)
	for _, d := range s.block {
		if len(d.Args) == 0 {
			continue
		}
		switch d.Name {
		case "modsecurity_rules_file":
			name := d.Args[0]
			if !strings.HasPrefix(name, "/") {
				name = path.Join(dir, name)
			}
			rules, by = rules.Then(modsecurity.File(files, name)), append(by, d)
		case "modsecurity_rules":
			at := modsecurity.Position{File: d.File, Line: d.Line, Text: d.Text()}
			rules, by = rules.Then(modsecurity.Text(files, d.Args[0], at)), append(by, d)
		case "modsecurity_rules_remote":
			rules.Rules++
		}
	}
	return rules, by
}

// otherFirewall finds a module of another vendor that filters requests.
func otherFirewall(s *scope) *Directive {
	for c := s; c != nil; c = c.up {
		for _, d := range c.block {
			switch d.Name {
			case "SecRulesEnabled", "app_protect_enable", "waf", "wallarm_mode", "access_by_lua_file", "access_by_lua_block":
				return d
			}
		}
	}
	return nil
}
