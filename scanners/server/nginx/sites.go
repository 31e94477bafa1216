package nginx

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/modsecurity"
)

// Listener is a server at a socket.
type Listener struct {
	Socket
	Name      string // the first name by which the server is chosen there, empty for a server without
	Default   bool   // it answers for every other name too
	Stream    bool   // it passes on a stream, and knows no HTTP
	TLS       bool
	Versions  TLS
	Redirects Setting[bool] // every plain request is sent to https, or refused
	At        []Position
}

// Site is what has one server name: one or several server blocks.
type Site struct {
	Name        string
	HSTS        Setting[int] // days, of the weakest location over TLS
	NotOnErrors *Position    // the header is left out of answers for errors
	Logged      Setting[bool]
	Limited     Setting[bool]
	Firewall    Setting[modsecurity.Mode]
	At          []Position
}

// Certificate is a certificate that a server presents.
type Certificate struct {
	File string
	At   Position
}

// Sites is what nginx serves.
type Sites struct {
	Listeners    []Listener
	Sites        []Site
	Certificates []Certificate
	Hidden       []Setting[bool] // what may hide servers: includes that were not read, blocks that are not read
}

// Read says what nginx serves with a configuration; dir is the directory of its main file.
func Read(c Config, b Build, files capture.Files, dir string) Sites {
	var s Sites
	web, hidden := servers(c.Main, "http")
	s.hide(hidden)
	for _, at := range benches(web) {
		at.seats[at.front].server.front = true
		s.bench(at, b)
	}
	streams, hidden := servers(c.Main, "stream")
	s.hide(hidden)
	s.streams(streams, b)
	for _, d := range named(c.Main, "mail") {
		s.Hidden = append(s.Hidden, open[bool](d))
	}
	s.sites(web, files, dir)
	s.certificates(append(web, streams...), dir)
	s.name()
	return s
}

func (s *Sites) hide(d *Directive) {
	if d != nil {
		s.Hidden = append(s.Hidden, open[bool](d))
	}
}

// bench adds the servers of a socket.
func (s *Sites) bench(at *bench, b Build) {
	legacy := at.seats[at.front].server.flag("ssl", "")
	for n, seat := range at.seats {
		isDefault := n == at.front
		if len(seat.names) == 0 && !isDefault {
			continue // every name belongs to an earlier server
		}
		l := Listener{Socket: at.Socket, Default: isDefault, TLS: at.tls || legacy.Known && legacy.Value, At: []Position{seat.server.opener.at()}}
		if len(seat.names) > 0 {
			l.Name = seat.names[0]
		}
		if seat.listen.by != nil {
			l.At = append(l.At, seat.listen.by.at())
		}
		if !l.TLS {
			l.Redirects = plainHTTP(seat, isDefault)
			s.Listeners = append(s.Listeners, l)
			continue
		}
		if seat.server.rejects() {
			continue
		}
		l.Versions = b.negotiated(at, seat)
		s.Listeners = append(s.Listeners, l)
	}
}

// streams adds servers that pass on streams.
func (s *Sites) streams(streams []*server, b Build) {
	for _, at := range benches(streams) {
		for n, seat := range at.seats {
			l := Listener{Socket: at.Socket, Default: n == at.front, Stream: true, TLS: at.tls, At: []Position{seat.server.opener.at()}}
			if len(seat.names) > 0 {
				l.Name = seat.names[0]
			}
			if l.TLS {
				l.Versions = b.negotiated(at, seat)
			}
			s.Listeners = append(s.Listeners, l)
		}
	}
}

// sites joins the server blocks of each name. Blocks without TLS count for what is said of https only where there is no other.
func (s *Sites) sites(web []*server, files capture.Files, dir string) {
	groups := map[string][]*server{}
	var names []string
	for _, w := range web {
		if w.rejects() && !slices.ContainsFunc(listens(w.opener), func(l listen) bool { return !l.tls }) {
			continue
		}
		name := w.names()[0]
		if groups[name] == nil {
			names = append(names, name)
		}
		groups[name] = append(groups[name], w)
	}
	for _, name := range names {
		s.Sites = append(s.Sites, site(name, groups[name], files, dir))
	}
}

// site is what the server blocks of a name do together.
func site(name string, group []*server, files capture.Files, dir string) Site {
	one := Site{Name: name}
	secure := slices.DeleteFunc(slices.Clone(group), func(w *server) bool { return !w.secure() })
	for _, w := range group {
		one.At = append(one.At, w.opener.at())
	}
	if len(secure) == 0 {
		one.HSTS = known(0, group[0].opener)
		secure = group
	} else {
		one.HSTS = weakest(secure, true, hsts, cmp.Compare[int])
		one.NotOnErrors = notOnErrors(secure)
	}
	one.Logged = weakest(group, false, logged, falseFirst)
	one.Limited = weakest(secure, true, limited, falseFirst)
	one.Firewall = weakest(secure, true, func(c *scope) Setting[modsecurity.Mode] { return firewall(c, files, dir) }, weaker)
	return one
}

// secure says whether a server has a socket with TLS.
func (s *server) secure() bool {
	if s.rejects() {
		return false
	}
	if on := s.flag("ssl", ""); on.Known && on.Value {
		return true
	}
	return slices.ContainsFunc(listens(s.opener), func(l listen) bool { return l.tls })
}

// rejects says whether a server accepts no handshake, and so nothing over TLS.
// https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_reject_handshake
func (s *server) rejects() bool {
	reject := s.flag("ssl_reject_handshake", "")
	return reject.Known && reject.Value
}

func falseFirst(a, b bool) int {
	if a == b {
		return 0
	}
	if !a {
		return -1
	}
	return 1
}

// weaker orders modes: off before detecting before blocking.
func weaker(a, b modsecurity.Mode) int {
	order := []modsecurity.Mode{modsecurity.Off, modsecurity.Detect, modsecurity.Block}
	return cmp.Compare(slices.Index(order, a), slices.Index(order, b))
}

// weakest is the weakest of what holds in the contexts of some servers in which requests end. What is not known, or holds only where it
// may be that no request ends, keeps the answer open, unless the weakest of all is there.
func weakest[T comparable](group []*server, answered bool, of func(*scope) Setting[T], compare func(a, b T) int) Setting[T] {
	var worst, doubt *Setting[T]
	var zero T
	var unsure []Setting[T]
	for _, w := range group {
		for _, c := range contexts(w, answered) {
			one := of(c.scope)
			switch {
			case !one.Known && doubt == nil:
				doubt = &one
			case one.Known && !c.sure:
				unsure = append(unsure, one)
			case one.Known && (worst == nil || compare(one.Value, worst.Value) < 0):
				worst = &one
			}
		}
	}
	for _, u := range unsure {
		if worst == nil || compare(u.Value, worst.Value) < 0 && doubt == nil {
			o := Setting[T]{What: u.what(), At: u.At}
			doubt = &o
		}
	}
	switch {
	case worst != nil && (doubt == nil || isLowest(worst.Value, zero)):
		return *worst
	case doubt != nil:
		return *doubt
	}
	return Setting[T]{What: "server"}
}

// what names a setting that may hold nowhere.
func (s Setting[T]) what() string {
	if len(s.At) > 0 {
		return s.At[0].Text
	}
	return "location"
}

// isLowest says whether a value is the weakest that there is: false, 0, off.
func isLowest[T comparable](v, zero T) bool { return v == zero || any(v) == any(modsecurity.Off) }

// endingAt is a context in which requests end. Where sure is not set, it may be that none does.
type endingAt struct {
	*scope
	sure bool
}

// contexts are those in which requests of a server end, and those around what is not known. Where answered is set, contexts that only
// refuse requests are left out: nginx adds headers to them only if it is told so.
func contexts(w *server, answered bool) []endingAt {
	var all []endingAt
	for _, tls := range w.schemes() {
		for _, host := range hosts(w.names(), w.front) {
			r := &request{tls: tls, all: true, host: host, server: w}
			for _, a := range r.follow() {
				if answered && a.outcome == refused {
					continue
				}
				all = append(all, endingAt{a.in, a.sure})
				for _, inner := range within(a.in, 0) {
					all = append(all, endingAt{inner, false})
				}
			}
		}
	}
	if len(all) == 0 {
		all = append(all, endingAt{w.scope, true})
	}
	return all
}

// schemes says over which a server is asked: with TLS, without, or both.
func (s *server) schemes() []bool {
	if on := s.flag("ssl", ""); on.Known && on.Value {
		return []bool{true}
	}
	var all []bool
	for _, l := range listens(s.opener) {
		if !slices.Contains(all, l.tls) && !(l.tls && s.rejects()) {
			all = append(all, l.tls)
		}
	}
	return all
}

// within are the ifs and limits in a location, which are contexts too.
func within(s *scope, depth int) []*scope {
	var all []*scope
	if s.opener == nil || s.opener.Name == "server" || depth > depthLimit {
		return nil
	}
	for _, name := range []string{"if", "limit_except"} {
		for _, d := range s.own(name) {
			all = append(all, s.in(d))
			all = append(all, within(s.in(d), depth+1)...)
		}
	}
	return all
}

// notOnErrors finds a header that is left out of answers for errors.
func notOnErrors(group []*server) *Position {
	for _, w := range group {
		for _, c := range contexts(w, true) {
			if d := hasNoAlways(c.scope); d != nil {
				at := d.at()
				return &at
			}
		}
	}
	return nil
}

// certificates adds the certificates that servers with TLS name.
func (s *Sites) certificates(all []*server, dir string) {
	seen := map[string]bool{}
	for _, w := range all {
		if !w.secure() {
			continue
		}
		list, _ := w.effective("ssl_certificate", false)
		for _, d := range list {
			if len(d.Args) != 1 || strings.Contains(d.Args[0], "$") || strings.HasPrefix(d.Args[0], "data:") {
				s.Hidden = append(s.Hidden, open[bool](d))
				continue
			}
			file := d.Args[0]
			if !strings.HasPrefix(file, "/") {
				file = dir + "/" + file
			}
			if !seen[file] {
				seen[file] = true
				s.Certificates = append(s.Certificates, Certificate{file, d.at()})
			}
		}
	}
}

// name makes the names of listeners unique.
func (s *Sites) name() {
	seen := map[string]int{}
	for n := range s.Listeners {
		l := &s.Listeners[n]
		if l.Name == "" {
			l.Name = "_"
		}
		key := l.Socket.Name + "/" + l.Name
		if seen[key]++; seen[key] > 1 {
			l.Name = fmt.Sprintf("%s#%d", l.Name, seen[key])
		}
	}
}
