package apache

import (
	"slices"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/modsecurity"
)

// Firewall is what ModSecurity does with the requests to a host, in the weakest of its sections.
type Firewall struct {
	Mode  modsecurity.Mode
	At    Position
	Doubt *Problem
}

// Firewall says what ModSecurity does: version 2 has its directives among httpd's own, version 3 has a few that name files of rules.
// https://github.com/owasp-modsecurity/ModSecurity-apache#usage
func (h *Host) Firewall() Firewall {
	sc := h.scope()
	two, known2 := sc.host.server.Tree.Loaded("security2_module")
	three, known3 := sc.host.server.Tree.Loaded("security3_module")
	if sc.doubt != nil || !known2 || !known3 || two && three {
		return Firewall{At: h.At, Doubt: first(sc.doubt, &Problem{Position: h.At, What: "ModSecurity"})}
	}
	if !two && !three {
		return Firewall{Mode: modsecurity.Off, At: h.At}
	}
	read := sc.two
	if three {
		read = sc.three
	}
	outer := read(sc.main).Then(read(sc.own))
	var universal []*Directive
	for _, section := range sc.sections {
		if sc.universal(section) {
			universal = append(universal, section)
		}
	}
	for _, section := range universal {
		outer = outer.Then(read(section.Children))
	}
	weakest := sc.judged(outer)
	for _, section := range sc.sections {
		inner := read(section.Children)
		if slices.Contains(universal, section) || inner.Engine == "" && len(inner.Unread) == 0 {
			continue
		}
		if got := sc.judged(outer.Then(inner)); mildness(got) > mildness(weakest) {
			weakest = got
		}
	}
	return weakest
}

// mildness orders what is known to be weak before what is not known, and that before what is strong.
func mildness(f Firewall) int {
	if f.Doubt != nil {
		return 2
	}
	return map[modsecurity.Mode]int{modsecurity.Off: 4, modsecurity.Detect: 3, modsecurity.Block: 1}[f.Mode]
}

// judged is the verdict of rules.
func (sc scope) judged(r modsecurity.Rules) Firewall {
	f := Firewall{At: Position(r.At)}
	if f.At == (Position{}) {
		f.At = sc.host.At
	}
	mode, known := r.Verdict()
	switch {
	case known:
		f.Mode = mode
	case len(r.Unread) > 0:
		f.Doubt = &Problem{Position: Position(r.Unread[0].Position), What: r.Unread[0].Path, Err: r.Unread[0].Err}
	case r.Excepted != nil:
		f.Doubt = &Problem{Position: Position(*r.Excepted), What: r.Excepted.File}
	}
	return f
}

// two reads the directives of version 2.
func (sc scope) two(list []*Directive) modsecurity.Rules {
	var r modsecurity.Rules
	for _, d := range list {
		if !strings.HasPrefix(d.Name, "sec") {
			continue
		}
		if d.Doubt != nil {
			r.Unread = append(r.Unread, modsecurity.Unread{Position: modsecurity.Position(d.At), Path: d.Doubt.What, Err: d.Doubt.Err})
			continue
		}
		r.Add(d.Name, d.Args, modsecurity.Position(d.At))
	}
	return r
}

// three reads the directives of the connector of version 3.
func (sc scope) three(list []*Directive) modsecurity.Rules {
	var r modsecurity.Rules
	on := modsecurity.Mode("")
	for _, d := range list {
		at := modsecurity.Position(d.At)
		if d.Doubt != nil || len(d.Args) == 0 {
			continue
		}
		switch d.Name {
		case "modsecurity":
			if on = modsecurity.Off; strings.EqualFold(d.Args[0], "on") {
				on = ""
			}
		case "modsecurity_rules_file":
			r = r.Then(modsecurity.File(sc.host.server.Tree.files, sc.path(d.Args[0])))
		case "modsecurity_rules":
			r = r.Then(modsecurity.Text(sc.host.server.Tree.files, d.Args[0], at))
		case "modsecurity_rules_remote":
			r.Rules++
		}
	}
	if on == modsecurity.Off {
		r.Engine = on
	}
	return r
}

// Limited says whether too many requests of one client are refused: by mod_evasive, which does so with its defaults too, or by mod_qos
// with a limit for each client. mod_ratelimit slows answers down and refuses none.
// https://github.com/jzdziarski/mod_evasive, https://mod-qos.sourceforge.net/#qs_srvmaxconnperip
func (h *Host) Limited() (bool, Position, *Problem) {
	sc := h.scope()
	for _, module := range []string{"evasive20_module", "evasive_module"} {
		loaded, known := sc.host.server.Tree.Loaded(module)
		if !known {
			return false, h.At, &Problem{Position: h.At, What: module}
		}
		if off, _ := sc.last("dosenabled"); loaded && (off == nil || off.args() != "off") {
			return true, h.At, nil
		}
	}
	names := []string{"qs_srvmaxconnperip", "qs_clienteventlimitcount", "qs_clienteventblockcount", "qs_clienteventpersecondlimit", "qs_cliententryperseclimit", "qs_cliententpersec"}
	if found := sc.all(names...); len(found) > 0 {
		return found[0].Doubt == nil, found[0].At, found[0].Doubt
	}
	return false, h.At, sc.doubt
}
