package apache

import (
	"fmt"
	"strings"
)

// Verdict is what becomes of plain http.
type Verdict string

// The verdicts. The zero Verdict is: not known.
const (
	Stopped  Verdict = "stopped"  // every request is redirected to https or refused
	Answered Verdict = "answered" // some request gets content, or a redirect to another place without TLS
)

// Plain is what a host does with requests in clear text.
type Plain struct {
	Verdict Verdict
	At      Position // what decides it
	Doubt   *Problem // where it is not known

	// For Answered, a request that is answered: a name, empty for any that the socket's hosts do not have, and a path.
	Host, Path string
}

// unknownHost is a name that no configuration has.
const unknownHost = "unknown-host.invalid"

// Plain says what the host does with plain http on the socket. All paths are looked at but those by which certificate authorities see
// that a name belongs to somebody, and headers that a browser would send: a host that is not the default one gets its own names alone,
// the default one every other too.
func (k Socket) Plain(h *Host) Plain {
	sc := h.scope()
	if doubt := first(sc.doubt, h.Doubt); doubt != nil {
		return Plain{Doubt: doubt, At: h.At}
	}
	e := evaluator{sc: sc, port: k.Listen.Port}
	if k.Listen.Port == 80 && h.Port != 0 {
		e.port = h.Port
	}
	if d, doubt := sc.last("usecanonicalname"); doubt != nil || d != nil && d.args() != "off" {
		e.canonical = true
	}
	names := k.names(h)
	var doubt *Problem
	for _, name := range names {
		out := e.follow(request{host: name, port: e.port, path: text{kind: anyPath}, canonical: e.canonical})
		if out.stopped() {
			continue
		}
		doubt = first(doubt, out.doubt)
		if out.content != nil {
			doubt = first(doubt, &Problem{Position: *out.content, What: out.content.File})
		}
	}
	if doubt == nil {
		return Plain{Verdict: Stopped, At: e.decided}
	}
	for _, name := range names {
		for _, path := range sc.probes() {
			out := e.follow(request{host: text{s: name.s}, port: e.port, path: text{s: path}, canonical: e.canonical})
			if out.answered() {
				return Plain{Verdict: Answered, At: *out.content, Host: strings.TrimSuffix(name.s, unknownHost), Path: path}
			}
		}
	}
	return Plain{Doubt: doubt, At: h.At}
}

// evaluator follows requests through the phases of httpd: https://httpd.apache.org/docs/2.4/developer/request.html
type evaluator struct {
	sc      scope
	port    int
	decided Position // what stopped the last one

	canonical bool // see request
	work      int
}

// workLimit bounds what is followed for one host: requests times sections.
const workLimit = 1_000_000

// follow says what may become of requests.
func (e *evaluator) follow(q request) outcomes {
	var out outcomes
	if e.work += 1 + len(e.sc.sections); e.work > workLimit {
		out.doubt = &Problem{Position: e.sc.host.At, What: e.sc.host.At.File, Err: errLimit}
		return out
	}
	for _, p := range e.rewrite(q, &out) {
		e.translate(p, &out)
	}
	return out
}

// rewrite applies the rules of the host itself. Those of the main server hold only there, unless they are inherited.
func (e *evaluator) rewrite(q request, out *outcomes) []passed {
	list, through := e.sc.own, []passed{{request: q}}
	if e.sc.host.Main() {
		list = e.sc.main
	} else if len(rulesOf(e.sc.main)) > 0 {
		for _, d := range e.sc.all("rewriteoptions") {
			if strings.Contains(d.args(), "inherit") {
				out.doubt = first(out.doubt, &Problem{Position: d.At, What: d.At.File})
			}
		}
	}
	engine, doubt := e.sc.last("rewriteengine")
	out.doubt = first(out.doubt, doubt)
	rules := rulesOf(list)
	if engine == nil || engine.args() != "on" || len(rules) == 0 {
		return through
	}
	e.decided = rules[len(rules)-1].rule.At
	w := &rewriter{request: q, rules: rules, subject: func(q request) text { return q.path }, out: out}
	return w.run(0, through[0])
}

// translate goes on behind the host's own rules: other servers, redirects, and then the sections.
func (e *evaluator) translate(p passed, out *outcomes) {
	q := p.request
	if p.changed {
		e.sections(q, false, out)
		return
	}
	if e.proxied(q, out) || e.required(q, out) {
		return
	}
	for _, list := range [][]*Directive{e.sc.own, e.sc.main} {
		for _, d := range list {
			if how := redirected(d, q); how != never {
				e.redirect(d, out)
				if how == always && d.Doubt == nil {
					return
				}
			}
		}
	}
	e.sections(q, false, out)
}

// proxied hands requests to other servers: this goes before redirects. It says whether all are handed over.
func (e *evaluator) proxied(q request, out *outcomes) bool {
	for _, list := range [][]*Directive{e.sc.own, e.sc.main} {
		for _, d := range list {
			if d.Name != "proxypass" && d.Name != "proxypassmatch" || len(d.Args) < 2 {
				continue
			}
			how := underURL(d.Args[0], q.path)
			if d.Name == "proxypassmatch" {
				how = matches(d.Args[0], false, q.path)
			}
			if d.Args[1] == "!" {
				if how == always && d.Doubt == nil {
					return false
				}
				continue
			}
			if how != never {
				e.sections(q, true, out)
			}
			if how == always && d.Doubt == nil {
				return true
			}
		}
	}
	return false
}

// required does what mod_md does with MDRequireHttps. https://httpd.apache.org/docs/2.4/mod/mod_md.html#mdrequirehttps
func (e *evaluator) required(_ request, out *outcomes) bool {
	for _, d := range e.sc.all("mdrequirehttps") {
		if d.args() != "off" {
			out.doubt = first(out.doubt, &Problem{Position: d.At, What: d.At.File})
		}
	}
	return false
}

// redirected says how often a Redirect is for requests. https://httpd.apache.org/docs/2.4/mod/mod_alias.html#redirect
func redirected(d *Directive, q request) often {
	args := d.redirectArgs()
	if len(args) == 0 {
		return never
	}
	if d.Name == "redirectmatch" {
		return matches(args[0], false, q.path)
	}
	return underURL(args[0], q.path)
}

// redirectArgs are path and target of a redirect, without its status; the path is "/" where it is left out.
func (d *Directive) redirectArgs() []string {
	switch d.Name {
	case "redirect", "redirectmatch", "redirectpermanent", "redirecttemp":
	default:
		return nil
	}
	args := d.Args
	if _, ok := d.status(); ok {
		args = args[1:]
	}
	if len(args) == 1 && (strings.HasPrefix(args[0], "http") || strings.HasPrefix(args[0], "%{")) {
		return []string{"/", args[0]}
	}
	return args
}

// status says whether a redirect names a status, and whether that is a redirect at all.
func (d *Directive) status() (redirect, ok bool) {
	if len(d.Args) == 0 || d.Name == "redirectpermanent" || d.Name == "redirecttemp" {
		return true, false
	}
	switch first := strings.ToLower(d.Args[0]); {
	case first == "permanent" || first == "temp" || first == "seeother":
		return true, true
	case first == "gone":
		return false, true
	case len(first) == 3 && first >= "100" && first <= "999":
		return first[0] == '3', true
	}
	return true, false
}

// redirect notes what a redirect does.
func (e *evaluator) redirect(d *Directive, out *outcomes) {
	args := d.redirectArgs()
	redirect, _ := d.status()
	switch {
	case d.Doubt != nil:
		out.doubt = first(out.doubt, d.Doubt)
	case !redirect:
		out.refused = true
	case len(args) < 2:
		out.doubt = first(out.doubt, &Problem{Position: d.At, What: d.At.File})
	default:
		out.target(args[1], d.At)
		e.decided = d.At
	}
}

// sections applies access control, and rules and redirects of sections; what is left is answered.
func (e *evaluator) sections(q request, proxied bool, out *outcomes) {
	places := e.sc.places(q, proxied)
	through, refused := admitted(places)
	out.refused = out.refused || refused
	if !through {
		return
	}
	if !proxied {
		if doubt := e.sc.htaccess("fileinfo"); doubt != nil {
			out.doubt = first(out.doubt, doubt)
			return
		}
	}
	ways := e.rules(places, q, out)
	for _, p := range ways {
		if p.changed {
			out.doubt = first(out.doubt, &Problem{Position: e.decided, What: e.decided.File})
			continue
		}
		if !e.inSections(places, q, out) {
			out.answer(e.sc.host.At)
		}
	}
}

// inSections applies the redirects of sections, the innermost first, and says whether one takes all requests.
func (e *evaluator) inSections(places []placed, q request, out *outcomes) bool {
	for n := len(places) - 1; n >= 0; n-- {
		for _, d := range places[n].section.Children {
			how := both(places[n].how, redirected(d, q))
			if how != never {
				e.redirect(d, out)
			}
			if how == always && d.Doubt == nil {
				return true
			}
		}
	}
	return false
}

// rules applies the rules of sections: those of the last section that has any. https://httpd.apache.org/docs/2.4/rewrite/htaccess.html
func (e *evaluator) rules(places []placed, q request, out *outcomes) []passed {
	through := []passed{{request: q}}
	on := false
	for _, p := range places {
		if d, _ := lastOf(p.section.Children, "rewriteengine"); d != nil && p.how == always {
			on = d.args() == "on"
		}
	}
	for n := len(places) - 1; n >= 0; n-- {
		p := places[n]
		rules := rulesOf(p.section.Children)
		if len(rules) == 0 {
			continue
		}
		e.decided = rules[0].rule.At
		if rank(p.section) != 1 || !on {
			if d, _ := lastOf(p.section.Children, "rewriteengine"); d != nil && d.args() == "on" || rank(p.section) != 1 && on {
				out.doubt = first(out.doubt, &Problem{Position: e.decided, What: e.decided.File})
			}
			continue
		}
		w := &rewriter{request: q, rules: rules, subject: e.relative(p.section), out: out}
		some := w.run(0, passed{request: q})
		if p.how == always {
			return append(through[1:], some...)
		}
		through = append(through, some...)
	}
	return through
}

// relative is what patterns in a directory are matched with: the path below it, without a slash in front.
func (e *evaluator) relative(section *Directive) func(request) text {
	dir, root := e.sc.path(pattern(section)), e.sc.root()
	return func(q request) text {
		if q.path.kind != exact || len(e.sc.ways) > 1 || !below(root, dir) {
			return text{kind: anyText}
		}
		return text{s: strings.TrimPrefix(strings.TrimPrefix(root+q.path.s, strings.TrimSuffix(dir, "/")), "/")}
	}
}

// String tells the verdict, for tests.
func (p Plain) String() string {
	return fmt.Sprintf("%s %s%s (%s:%d) %v", p.Verdict, p.Host, p.Path, p.At.File, p.At.Line, p.Doubt)
}
