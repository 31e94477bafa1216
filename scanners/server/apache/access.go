package apache

import (
	"slices"
	"strings"
)

// placed is a section with how often it is for the requests.
type placed struct {
	section *Directive
	how     often
}

// places lists the sections for requests, with those in them, in the order of merging.
func (sc scope) places(q request, proxied bool) []placed {
	var all []placed
	var add func(d *Directive, outer often)
	add = func(d *Directive, outer often) {
		how := both(outer, sc.concerns(d, q, proxied))
		if how == never {
			return
		}
		all = append(all, placed{d, how})
		for _, inner := range d.Children {
			if inner.Section && rank(inner) > 0 {
				add(inner, how)
			}
		}
	}
	for _, d := range sc.sections {
		add(d, always)
	}
	return all
}

// grant is who may have something.
type grant int

const (
	everybody grant = iota
	some
	nobody // or the machine itself alone
)

// admitted follows the access control of the sections: whether requests may be let through, and whether they may be refused. A later
// section takes the place of an earlier one. https://httpd.apache.org/docs/2.4/mod/mod_authz_core.html#authmerging
func admitted(all []placed) (through, refused bool) {
	now, old := []grant{everybody}, []grant{everybody} // by Require, and by Order, Allow and Deny
	plain := never                                     // how often TLS is demanded
	for _, p := range all {
		if g, ok := required(p.section); ok {
			now = change(now, g, p.how)
		}
		if g, ok := ordered(p.section); ok {
			old = change(old, g, p.how)
		}
		for _, d := range p.section.Children {
			if d.Name == "sslrequiressl" {
				plain = max(plain, p.how)
			}
		}
	}
	through = plain != always && slices.ContainsFunc(now, open) && slices.ContainsFunc(old, open)
	refused = plain != never || slices.Contains(now, nobody) || slices.Contains(old, nobody)
	return through, refused
}

func open(g grant) bool { return g != nobody }

func change(before []grant, g grant, how often) []grant {
	if how == always {
		return []grant{g}
	}
	return append(before, g)
}

// required is whom the Require directives of a section admit.
func required(section *Directive) (grant, bool) {
	return combined(section.Children, false)
}

// combined is whom a list of Require directives admits: whom all admit, or whom one admits.
func combined(list []*Directive, all bool) (grant, bool) {
	best, worst, found := nobody, everybody, false
	for _, d := range list {
		g, ok := some, false
		switch d.Name {
		case "require":
			g, ok = one(d.args()), true
		case "requireall":
			g, ok = combined(d.Children, true)
		case "requireany":
			g, ok = combined(d.Children, false)
		case "requirenone", "authmerging":
			ok = true
		}
		if ok && d.Doubt != nil {
			g = some
		}
		if ok {
			best, worst, found = min(best, g), max(worst, g), true
		}
	}
	if all {
		return worst, found
	}
	return best, found
}

// one is whom one Require admits.
func one(args string) grant {
	switch {
	case args == "all granted" || args == "not all denied":
		return everybody
	case args == "all denied" || args == "not all granted" || args == "local":
		return nobody
	case strings.HasPrefix(args, "method "):
		return some
	}
	return some
}

// ordered is whom Deny and Allow of mod_access_compat admit. https://httpd.apache.org/docs/2.4/mod/mod_access_compat.html#order
func ordered(section *Directive) (grant, bool) {
	denied, allowed, restricted, found := false, false, false, false
	last := "deny,allow"
	for _, d := range section.Children {
		args := d.args()
		switch d.Name {
		case "order":
			last, found = strings.ReplaceAll(args, " ", ""), true
		case "deny":
			denied, found = denied || args == "from all", true
			restricted = restricted || args != "from all"
		case "allow":
			allowed, found = allowed || args == "from all", true
			restricted = restricted || args != "from all"
		case "satisfy":
			restricted, found = restricted || args == "any", true
		}
	}
	switch {
	case !found:
		return everybody, false
	case restricted:
		return some, true
	case last == "allow,deny" && (denied || !allowed):
		return nobody, true
	case last != "allow,deny" && denied && !allowed:
		return nobody, true
	}
	return everybody, true
}
