package nginx

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// outcome is what a plain request may be answered with.
type outcome int

const (
	redirected outcome = iota // to https
	refused                   // with an error, or not at all
	decided                   // by what is not known from here: an application, a variable, a module
	served                    // with anything else
)

// answer is an outcome and the directive that gives it. Where sure is not set, it may be that no request ends there.
type answer struct {
	outcome
	sure bool
	by   *Directive
	in   *scope
}

// plainHTTP says whether every plain request for a server is answered with a redirect to https, or refused. What certificate
// authorities fetch is left out of account.
func plainHTTP(s seat, isDefault bool) Setting[bool] {
	if d := s.server.unread(); d != nil {
		return open[bool](d)
	}
	var all []answer
	for _, host := range hosts(s.names, isDefault) {
		r := &request{host: host, server: s.server, port: s.listen.Port}
		all = append(all, r.follow()...)
	}
	return judge(all, s.server.opener)
}

// hosts are the hosts that requests ask for: each name, and any other where the server may get it.
func hosts(names []string, isDefault bool) []string {
	var all []string
	other := isDefault
	for _, name := range names {
		if exact(name) {
			all = append(all, name)
		} else {
			other = true
		}
	}
	if other || len(all) == 0 {
		all = append(all, "")
	}
	return all
}

// judge sums up.
func judge(all []answer, server *Directive) Setting[bool] {
	var doubt *Directive
	elsewhere := slices.ContainsFunc(all, func(a answer) bool { return a.outcome == redirected || a.outcome == decided })
	if len(all) == 0 {
		return open[bool](server)
	}
	yes := known(true)
	for _, a := range all {
		by := cmp.Or(a.by, server)
		switch {
		case a.outcome == served && a.sure && (!elsewhere || !goesOn(by)):
			return known(false, by)
		case a.outcome == served || a.outcome == decided:
			doubt = cmp.Or(doubt, by)
		case a.outcome == redirected && len(yes.At) < 3:
			yes.At = append(yes.At, by.at())
		}
	}
	if doubt != nil {
		return open[bool](doubt)
	}
	if len(yes.At) == 0 {
		yes.At = []Position{server.at()}
	}
	return yes
}

// goesOn says whether a try_files ends in another location: which files are there is not known.
func goesOn(d *Directive) bool {
	return d.Name == "try_files" && len(d.Args) > 0 && !strings.HasPrefix(d.Args[len(d.Args)-1], "=")
}

// request is a class of requests: those for one host, or for a host that nobody expects (empty).
type request struct {
	tls     bool
	all     bool // those of certificate authorities count too
	host    string
	port    int
	server  *server
	answers []answer
	onwards bool // some rewrite starts the choice of a location again
}

// flow says where requests go after rewrite directives: on to those that follow, or out to what answers. Sure is set where some
// request surely goes there.
type flow struct{ on, onSure, out, outSure bool }

// follow returns all answers that requests of the class may get.
func (r *request) follow() []answer {
	r.walk(r.server)
	if r.onwards { // what only requests sent on reach counts too
		r.answers = nil
		r.walk(r.server)
	}
	return r.answers
}

// walk follows the request: the rewrite directives of the server, then those of every location that it may choose.
// https://nginx.org/en/docs/http/ngx_http_rewrite_module.html
func (r *request) walk(s *server) {
	f := r.rewrites(s.scope, true)
	if !f.on && !f.out {
		return
	}
	for _, p := range places(s.scope) {
		switch {
		case p.exempt() && !r.all:
			continue
		case p.hidden && !r.onwards && (!r.all || !r.refers(p)):
			if !p.named { // nginx says there that it finds nothing
				r.answers = append(r.answers, answer{refused, false, p.opener, p.scope})
			}
			continue
		}
		r.place(p, (f.onSure || f.outSure) && p.sure && !p.hidden)
	}
}

// place follows a request into a location.
func (r *request) place(p place, sure bool) {
	if d := p.unread(); d != nil {
		r.answers = append(r.answers, answer{decided, sure, d, p.scope})
	}
	f := flow{on: true, onSure: sure}
	if p.opener.Name == "location" {
		f = r.rewrites(p.scope, sure)
	}
	if f.on || f.out {
		r.answers = append(r.answers, content(p.scope, f.onSure || f.outSure))
	}
}

// rewrites follows the rewrite directives of a context.
func (r *request) rewrites(s *scope, sure bool) flow {
	for _, d := range s.block {
		if strings.Contains(d.Name, "rewrite_by_lua") {
			r.answers = append(r.answers, answer{decided, sure, d, s})
			sure = false
		}
	}
	f := flow{on: true, onSure: sure}
	for _, d := range s.block {
		switch d.Name {
		case "break":
			return flow{out: true, outSure: f.outSure || f.onSure}
		case "return":
			r.answers = append(r.answers, returned(s, d, f.onSure))
			f.on, f.onSure = false, false
		case "rewrite":
			r.rewrite(s, d, &f)
		case "if":
			r.condition(s, d, &f)
		}
		if !f.on {
			break
		}
	}
	return f
}

// rewrite follows a rewrite directive.
func (r *request) rewrite(s *scope, d *Directive, f *flow) {
	a, all := rewritten(s, d, f.onSure)
	if a != nil {
		a.sure = a.sure && all // that some path of the context matches is likely, and not sure
		r.answers = append(r.answers, *a)
	}
	flag := ""
	if len(d.Args) > 2 {
		flag = d.Args[2]
	}
	switch {
	case a != nil:
	case flag == "last" && s.inLocation():
		r.onwards = true
		r.answers = append(r.answers, answer{refused, false, d, s}) // where paths lead in a circle
	case flag == "last", flag == "break":
		r.onwards = true
		f.out = true
	default: // the new path chooses the location
		r.onwards = true
		all = false
	}
	if all {
		f.on, f.onSure = false, false
	}
}

// refers says whether something in the server may send requests on to a hidden location.
func (r *request) refers(p place) bool {
	var look func([]*Directive) bool
	look = func(block []*Directive) bool {
		return slices.ContainsFunc(block, func(d *Directive) bool {
			mentions := (d.Name == "try_files" || d.Name == "error_page") && (!p.named || slices.Contains(d.Args, "@"+p.path))
			return mentions || !p.named && strings.HasSuffix(d.Name, "_pass") || look(d.Block)
		})
	}
	return look(r.server.block)
}

// inLocation says whether a context is a location, or in one.
func (s *scope) inLocation() bool {
	for c := s; c != nil && c.opener != nil; c = c.up {
		if c.opener.Name == "location" {
			return true
		}
	}
	return false
}

// condition follows an if. What it does not stop goes on behind it.
func (r *request) condition(s *scope, d *Directive, f *flow) {
	holds, fails := r.holds(d)
	if holds == never {
		return
	}
	inner := s.in(d)
	if unread := inner.unread(); unread != nil {
		r.answers = append(r.answers, answer{decided, false, unread, inner})
	}
	inside := r.rewrites(inner, f.onSure && holds == always)
	if (inside.on || inside.out) && hasHandler(d.Block) {
		r.answers = append(r.answers, answer{decided, false, d, inner})
	}
	f.out, f.outSure = f.out || inside.out, f.outSure || inside.outSure
	f.on, f.onSure = inside.on || fails != never, inside.onSure || f.onSure && fails == always
}

// returned is the answer of a return directive.
func returned(s *scope, d *Directive, sure bool) answer {
	a := answer{served, sure, d, s}
	if len(d.Args) == 0 {
		return a
	}
	code, err := strconv.Atoi(d.Args[0])
	target := d.Args[len(d.Args)-1]
	switch {
	case err != nil: // return URL answers 302
		a.outcome = destination(target)
	case code == 444:
		a.outcome = refused
	case code == 301 || code == 302 || code == 303 || code == 307 || code == 308:
		if len(d.Args) == 2 {
			a.outcome = destination(target)
		}
	case code >= 400 && code <= 599:
		return failure(s, code, a)
	}
	return a
}

// failure is the answer for an error, which error_page may make into something else.
// https://nginx.org/en/docs/http/ngx_http_core_module.html#error_page
func failure(s *scope, code int, a answer) answer {
	a.outcome = refused
	pages, unread := s.effective("error_page", false)
	if unread != nil {
		a.outcome, a.by = decided, unread
		return a
	}
	for _, page := range pages {
		if !errorPageOf(page, code) {
			continue
		}
		target := page.Args[len(page.Args)-1]
		a.by = page
		switch {
		case strings.HasPrefix(target, "http://"), strings.HasPrefix(target, "https://"):
			a.outcome = destination(target)
		case strings.HasPrefix(target, "/") && !changesStatus(page):
			a.outcome, a.sure = refused, false // the request ends where the page is
		default:
			a.outcome, a.sure = decided, false
		}
		return a
	}
	return a
}

// errorPageOf says whether an error_page is for a code.
func errorPageOf(page *Directive, code int) bool {
	if len(page.Args) < 2 {
		return false
	}
	for _, word := range page.Args[:len(page.Args)-1] {
		if word == strconv.Itoa(code) {
			return true
		}
	}
	return false
}

// changesStatus says whether an error_page answers with another code than the error's.
func changesStatus(page *Directive) bool {
	for _, word := range page.Args {
		if strings.HasPrefix(word, "=") {
			return true
		}
	}
	return false
}

// destination is where a redirect leads.
func destination(target string) outcome {
	lower := strings.ToLower(target)
	switch {
	case strings.HasPrefix(lower, "https://"):
		return redirected
	case strings.HasPrefix(lower, "http://"), strings.HasPrefix(target, "/"), strings.HasPrefix(target, "$scheme://"), strings.HasPrefix(target, "${scheme}://"):
		return served
	case strings.HasPrefix(target, "$"):
		return decided
	}
	return served
}

// rewritten is the answer of a rewrite directive, nil where it only changes the path; and whether it takes every request.
func rewritten(s *scope, d *Directive, sure bool) (*answer, bool) {
	if len(d.Args) < 2 {
		return &answer{decided, sure, d, s}, false
	}
	target, all := d.Args[1], everything(d.Args[0])
	flag := ""
	if len(d.Args) > 2 {
		flag = d.Args[2]
	}
	external := strings.HasPrefix(target, "http://") || strings.HasPrefix(target, "https://") || strings.HasPrefix(target, "$scheme")
	switch {
	case external:
		return &answer{destination(target), sure, d, s}, all
	case flag == "redirect" || flag == "permanent":
		if strings.HasPrefix(target, "$") {
			return &answer{decided, sure, d, s}, all
		}
		return &answer{served, sure, d, s}, all
	}
	return nil, all
}

// everything says whether a pattern matches every path.
func everything(pattern string) bool {
	switch pattern {
	case "^", "/", "^/", ".*", "^.*", "^.*$", "(.*)", "^(.*)", "^(.*)$", "^/.*", "^/.*$", "^/(.*)", "^/(.*)$", "/(.*)", "/.*", "(.*)$", "^(/.*)$", "^(/.*)", "", ".", "^/?(.*)$", "^/?(.*)":
		return true
	}
	return false
}
