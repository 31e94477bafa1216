package rsyslog

import (
	"strings"
)

// statement reads one.
func (r *reader) statement(s statement, at Place) {
	switch s.object {
	case "":
		r.plain(s.text, at)
	case "action":
		r.action(parameters(s.text), at)
	case "include":
		if p := parameters(s.text); p["file"] != "" {
			r.include(p["file"])
		} else {
			r.Opaque = append(r.Opaque, at)
		}
	case "global":
		if d, ok := parameters(s.text)["defaultnetstreamdriver"]; ok {
			r.driver = d
		}
	}
}

// add adds an action.
func (r *reader) add(a Action, t tls) {
	if len(r.Actions) >= actionsLimit {
		r.Opaque = append(r.Opaque, a.Place)
		return
	}
	r.Actions, r.pending = append(r.Actions, a), append(r.pending, t)
}

// action reads an action object. https://www.rsyslog.com/doc/configuration/modules/omfwd.html
func (r *reader) action(p map[string]string, at Place) {
	switch strings.ToLower(p["type"]) {
	case "omfile":
		if p["file"] != "" {
			r.add(Action{Place: at, Kind: "file", Target: p["file"]}, tls{})
			return
		}
		r.Opaque = append(r.Opaque, at) // its name is made of the message
	case "omfwd":
		t := tls{tcp: strings.EqualFold(p["protocol"], "tcp"), driver: p["streamdriver"], mode: p["streamdrivermode"], auth: p["streamdriverauthmode"]}
		if d, ok := p["streamdriver.name"]; ok {
			t.driver = d
		}
		if m, ok := p["streamdriver.mode"]; ok {
			t.mode = m
		}
		if m, ok := p["streamdriver.authmode"]; ok {
			t.auth = m
		}
		r.add(Action{Place: at, Kind: "forward", Target: p["target"], Port: p["port"]}, t)
	case "omrelp":
		r.add(Action{Place: at, Kind: "forward", Target: p["target"], Port: p["port"]}, tls{relp: true, mode: p["tls"], auth: p["tls.authmode"]})
	default:
		r.add(Action{Place: at, Kind: "other", Target: p["type"]}, tls{})
	}
}

// plain reads a line: a directive with a dollar sign, or a rule.
func (r *reader) plain(text string, at Place) {
	if strings.HasPrefix(text, "$") {
		r.directive(text)
		return
	}
	rule := strings.Trim(text, "{} \t")
	if rule == "" || strings.HasPrefix(rule, "!") || strings.HasPrefix(rule, "+") || strings.HasPrefix(rule, "-") {
		return
	}
	for _, word := range actionsOf(rule) {
		r.rule(word, at)
	}
}

// directive reads a directive of the old form. https://www.rsyslog.com/doc/configuration/conf_formats.html
func (r *reader) directive(text string) {
	name, value, _ := strings.Cut(text, " ")
	if at := strings.IndexByte(name, '\t'); at >= 0 {
		name, value = name[:at], name[at:]+value
	}
	value = strings.TrimSpace(value)
	switch strings.ToLower(name) {
	case "$includeconfig":
		r.include(value)
	case "$defaultnetstreamdriver":
		r.driver = value
	case "$actionsendstreamdriver":
		r.legacy.driver = value
	case "$actionsendstreamdrivermode":
		r.legacy.mode = value
	case "$actionsendstreamdriverauthmode":
		r.legacy.auth = value
	case "$resetconfigvariables":
		r.legacy = tls{}
	}
}

// actionsOf finds the action of a rule, which stands behind a selector, a filter, a condition or an ampersand; other words of a
// script have none.
func actionsOf(rule string) []string {
	switch first, rest, _ := strings.Cut(rule, " "); {
	case first == "&":
		return []string{strings.TrimSpace(rest)}
	case first == "if" || first == "else" || strings.HasPrefix(first, ":") && strings.Contains(first, ","):
		words := strings.Fields(rule)
		return words[len(words)-1:]
	case first == "set" || first == "unset" || first == "call" || first == "foreach" || first == "reset" || first == "stop" || first == "continue" || first == "call_indirect":
		return nil
	case strings.HasPrefix(first, "/") || strings.HasPrefix(first, "-/") || strings.HasPrefix(first, "@"):
		return []string{rule} // in a block
	}
	at := strings.IndexAny(rule, " \t")
	if at < 0 || !strings.Contains(rule[:at], ".") {
		return nil
	}
	return []string{strings.TrimSpace(rule[at:])}
}

// rule reads the action of a rule of the old form.
func (r *reader) rule(text string, at Place) {
	switch {
	case strings.HasPrefix(text, "@"):
		r.forward(text, at)
	case strings.HasPrefix(text, "/"), strings.HasPrefix(text, "-/"):
		name, _, _ := strings.Cut(strings.TrimPrefix(text, "-"), ";")
		r.add(Action{Place: at, Kind: "file", Target: strings.TrimSpace(name)}, tls{})
	case strings.HasPrefix(text, "?"), strings.HasPrefix(text, "-?"):
		r.Opaque = append(r.Opaque, at) // its name is made of the message
	case strings.HasPrefix(text, ":omrelp:"):
		host, port, _ := strings.Cut(strings.TrimPrefix(text, ":omrelp:"), ":")
		r.add(Action{Place: at, Kind: "forward", Target: host, Port: cutOptions(port)}, tls{relp: true})
	}
}

// forward reads @host (UDP) and @@host (TCP), with options in brackets, a port and a template.
func (r *reader) forward(text string, at Place) {
	t := r.legacy
	t.tcp = strings.HasPrefix(text, "@@")
	text = cutOptions(strings.TrimLeft(text, "@"))
	if strings.HasPrefix(text, "(") {
		_, text, _ = strings.Cut(text, ")")
	}
	host, port := text, ""
	if after, ok := strings.CutPrefix(text, "["); ok {
		host, port, _ = strings.Cut(after, "]")
		port = strings.TrimPrefix(port, ":")
	} else if at := strings.LastIndexByte(text, ':'); at >= 0 {
		host, port = text[:at], text[at+1:]
	}
	r.add(Action{Place: at, Kind: "forward", Target: host, Port: port}, t)
}

// cutOptions leaves out a template.
func cutOptions(text string) string {
	text, _, _ = strings.Cut(text, ";")
	return strings.TrimSpace(text)
}
