package nginx

import (
	"slices"
	"strings"
)

// server is a server block.
type server struct {
	*scope
	front bool       // it is the default server of a socket
	after *Directive // an unread include before it, which may hold other servers
}

// names are the names of the server, in lower case; a server without any has the empty name.
// https://nginx.org/en/docs/http/server_names.html
func (s *server) names() []string {
	var names []string
	for _, d := range s.own("server_name") {
		for _, name := range d.Args {
			if !strings.HasPrefix(name, "~") {
				name = strings.ToLower(name)
			}
			if name == "*" { // as in old versions
				name = ""
			}
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		names = []string{""}
	}
	slices.Sort(names[1:])
	return slices.Compact(names)
}

// exact says whether a name is one host, and neither a pattern nor what no client asks for.
func exact(name string) bool {
	return name != "" && !strings.ContainsAny(name, "*~$") && !strings.HasPrefix(name, ".")
}

// servers are the server blocks of a protocol (http, stream), in order, and what may hide others.
func servers(main []*Directive, protocol string) ([]*server, *Directive) {
	whole := &scope{block: main}
	var all []*server
	left := comparisonLimit
	hidden := whole.unread()
	for _, d := range named(main, protocol) {
		outer := whole.in(d)
		var unread *Directive
		for _, inner := range d.Block {
			switch {
			case inner.Unread != nil:
				unread, hidden = inner, inner
			case inner.Name == "server" && inner.Opens:
				all = append(all, &server{scope: outer.in(bounded(inner, &left)), after: unread})
			}
		}
	}
	return all, hidden
}

// comparisonLimit bounds the work for all servers together: the locations of each are compared with each other.
const comparisonLimit = 4_000_000

// bounded is a server, or for one with more locations than are left to compare, one without them: what they do is not known.
func bounded(d *Directive, left *int) *Directive {
	if n := locations(d.Block); n*n <= *left {
		*left -= n * n
		return d
	}
	cut := *d
	cut.Block = []*Directive{{File: d.File, Line: d.Line, Unread: errLimit}}
	for _, inner := range d.Block {
		if inner.Name != "location" {
			cut.Block = append(cut.Block, inner)
		}
	}
	return &cut
}

// locations is how many there are, with those inside others.
func locations(block []*Directive) int {
	n := 0
	for _, d := range block {
		if d.Name == "location" {
			n += 1 + locations(d.Block)
		}
	}
	return n
}
