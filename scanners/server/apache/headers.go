package apache

import (
	"slices"
	"strconv"
	"strings"
)

// HSTS is what a host tells browsers about https.
type HSTS struct {
	Seconds int // of its weakest section, 0 without the header
	At      Position
	Doubt   *Problem
}

// sectionLimit bounds the sections of one host that are compared with each other.
const sectionLimit = 2000

// HSTS finds the weakest Strict-Transport-Security that a request over https gets: of the host, or of one of its sections. Header
// directives add up from the main server to the host and then to the sections that a request is in, in httpd's order of merging.
// https://httpd.apache.org/docs/2.4/mod/mod_headers.html#header
func (h *Host) HSTS() HSTS {
	sc := h.scope()
	if sc.doubt != nil {
		return HSTS{Doubt: sc.doubt, At: h.At}
	}
	if len(sc.sections) > sectionLimit {
		return HSTS{Doubt: &Problem{Position: h.At, What: h.At.File, Err: errLimit}, At: h.At}
	}
	weakest := HSTS{}
	for n := -1; n < len(sc.sections); n++ {
		if n >= 0 && (sc.universal(sc.sections[n]) || !sc.touches(sc.sections[n], "header")) {
			continue
		}
		seen := newHeaders()
		for _, d := range sc.all("header") {
			seen.apply(d)
		}
		for m, section := range sc.sections {
			if m == n || sc.universal(section) {
				walk(section, func(d *Directive) { seen.apply(d) })
			}
		}
		if got := seen.answer(); n < 0 || weaker(got, weakest) {
			weakest = got
		}
	}
	if weakest.At == (Position{}) {
		weakest.At = h.At
	}
	if doubt := sc.htaccess("fileinfo"); doubt != nil && weakest.Doubt == nil {
		weakest.Doubt = doubt
	}
	return weakest
}

// weaker says whether a is worse to have than b: what is known to be missing goes before what is not known.
func weaker(a, b HSTS) bool {
	switch {
	case a.Doubt != nil || b.Doubt != nil:
		return a.Doubt != nil && (b.Doubt != nil || b.Seconds > 0) || a.Doubt == nil && a.Seconds == 0
	}
	return a.Seconds < b.Seconds
}

// walk visits the directives of a section, and of the sections in it.
func walk(section *Directive, visit func(*Directive)) {
	for _, d := range section.Children {
		visit(d)
		if d.Section {
			walk(d, visit)
		}
	}
}

// touches says whether a section has a directive, or something unread.
func (sc scope) touches(section *Directive, name string) bool {
	found := false
	walk(section, func(d *Directive) { found = found || d.Name == name || d.Name == "" })
	return found
}

// headers are the two tables of answers: one for all, and one for those that succeed.
type headers struct {
	always, success table
}

// table is the field in one table.
type table struct {
	value string // empty without the field
	at    Position
	doubt *Problem
}

func newHeaders() *headers { return &headers{} }

// apply takes a Header directive: [condition] action name [value [replacement]] [early|env=|expr=].
func (h *headers) apply(d *Directive) {
	if d.Name == "" {
		h.doubt(d.Doubt)
		return
	}
	if d.Name != "header" || len(d.Args) == 0 {
		return
	}
	args, into := d.Args, &h.success
	switch strings.ToLower(args[0]) {
	case "always":
		args, into = args[1:], &h.always
	case "onsuccess":
		args = args[1:]
	}
	if len(args) < 2 || !strings.EqualFold(strings.TrimSuffix(args[1], ":"), "Strict-Transport-Security") {
		return
	}
	if d.Doubt != nil {
		into.doubt, into.at = d.Doubt, d.At
		return
	}
	into.change(strings.ToLower(args[0]), args[2:], d.At)
}

func (h *headers) doubt(p *Problem) { h.success.doubt, h.always.doubt = p, p }

// change does what one directive does to the field.
func (t *table) change(action string, rest []string, at Position) {
	if n := len(rest); n > 0 && conditional(rest[n-1]) {
		if condition := strings.ToLower(rest[n-1]); condition != "env=https" && condition != "early" {
			t.doubt, t.at = &Problem{Position: at, What: at.File}, at
			return
		}
		rest = rest[:n-1]
	}
	switch action {
	case "set":
		*t = table{at: at}
	case "unset":
		*t = table{at: at}
		return
	case "setifempty":
		if t.value != "" || t.doubt != nil {
			return
		}
	case "add", "append", "merge":
	default: // edit, edit*, note, echo
		if action != "note" && action != "echo" {
			t.doubt, t.at = &Problem{Position: at, What: at.File}, at
		}
		return
	}
	if len(rest) == 0 {
		return
	}
	if strings.Contains(rest[0], "%") || strings.HasPrefix(rest[0], "expr=") {
		t.doubt, t.at = &Problem{Position: at, What: at.File}, at
		return
	}
	if t.value == "" {
		t.value, t.at = rest[0], at
	}
}

// conditional says that the last argument is a condition.
func conditional(arg string) bool {
	lower := strings.ToLower(arg)
	return lower == "early" || strings.HasPrefix(lower, "env=") || strings.HasPrefix(lower, "expr=")
}

// answer reads the field that a browser gets: it takes the first one, and that of the table for all stands first.
func (h *headers) answer() HSTS {
	for _, t := range []table{h.always, h.success} {
		switch {
		case t.doubt != nil:
			return HSTS{At: t.at, Doubt: t.doubt}
		case t.value != "":
			return HSTS{Seconds: maxAge(t.value), At: t.at}
		}
	}
	at := h.success.at
	if at == (Position{}) {
		at = h.always.at
	}
	return HSTS{At: at}
}

// maxAge reads the age; a field that browsers ignore gives 0. https://datatracker.ietf.org/doc/html/rfc6797#section-6.1
func maxAge(value string) int {
	seen, age := []string{}, 0
	for part := range strings.SplitSeq(value, ";") {
		name, v, _ := strings.Cut(part, "=")
		name = strings.ToLower(strings.TrimSpace(name))
		if name == "" {
			continue
		}
		if slices.Contains(seen, name) {
			return 0
		}
		seen = append(seen, name)
		if name == "max-age" {
			n, err := strconv.Atoi(strings.Trim(strings.TrimSpace(v), `"`))
			if err != nil || n < 0 {
				return 0
			}
			age = n
		}
	}
	return age
}
