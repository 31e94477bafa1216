package apache

import (
	"cmp"
	"slices"
	"strings"
)

// scope is what holds in a host: the directives of the main server, those of the host, and the sections of both for requests.
type scope struct {
	host     *Host
	main     []*Directive
	own      []*Directive // empty for the main server
	sections []*Directive // in the order in which httpd merges them
	ways     []mapping    // from URLs to files
	proxied  bool         // some requests go to another server
	doubt    *Problem     // something unread may add to it
}

// scope returns what holds in a host.
func (h *Host) scope() scope {
	sc := scope{host: h}
	sc.main = h.server.outside
	if h.section != nil {
		sc.own = h.section.Children
	}
	for _, list := range [][]*Directive{sc.main, sc.own} {
		for _, d := range list {
			switch {
			case d.Name == "":
				sc.doubt = first(sc.doubt, d.Doubt)
			case d.Section && rank(d) > 0:
				sc.sections = append(sc.sections, d)
			}
		}
	}
	slices.SortStableFunc(sc.sections, func(a, b *Directive) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), compareDirectories(a, b))
	})
	sc.ways, sc.proxied = sc.mappings(), len(sc.all("proxypass", "proxypassmatch")) > 0
	return sc
}

// rank is when httpd merges a section: Directory without expressions, with expressions, Files, Location, If.
// https://httpd.apache.org/docs/2.4/sections.html#merging
func rank(d *Directive) int {
	switch d.Name {
	case "directory":
		if len(d.Args) > 1 && d.Args[0] == "~" {
			return 2
		}
		return 1
	case "directorymatch":
		return 2
	case "files", "filesmatch":
		return 3
	case "location", "locationmatch":
		return 4
	case "if", "elseif", "else":
		return 5
	}
	return 0
}

// compareDirectories orders directories by the number of their parts, the shortest first.
func compareDirectories(a, b *Directive) int {
	if rank(a) != 1 || rank(b) != 1 {
		return 0
	}
	return cmp.Compare(parts(a), parts(b))
}

func parts(d *Directive) int {
	return strings.Count(strings.TrimSuffix(pattern(d), "/"), "/")
}

// pattern is what a section is for.
func pattern(d *Directive) string {
	switch {
	case len(d.Args) > 1 && d.Args[0] == "~":
		return d.Args[1]
	case len(d.Args) > 0:
		return d.Args[0]
	}
	return ""
}

// last returns the last directive of a name on the level of the host, or else of the main server; and why another may hold.
func (sc scope) last(name string) (*Directive, *Problem) {
	for _, list := range [][]*Directive{sc.own, sc.main} {
		if d, doubt := lastOf(list, name); d != nil || doubt != nil {
			return d, doubt
		}
	}
	return nil, nil
}

// lastOf returns the last directive of a name in a list; and why another may hold: it may not be there, or something unread may
// stand behind it or instead of it.
func lastOf(list []*Directive, name string) (*Directive, *Problem) {
	var found *Directive
	var doubt *Problem
	for _, d := range list {
		switch {
		case d.Name == "":
			doubt = first(doubt, d.Doubt)
		case d.Name != name:
		case d.Doubt != nil:
			doubt = first(doubt, d.Doubt)
		default:
			found, doubt = d, nil
		}
	}
	return found, doubt
}

// all returns the directives of some names on the levels of main server and host, in this order.
func (sc scope) all(names ...string) []*Directive {
	var found []*Directive
	for _, list := range [][]*Directive{sc.main, sc.own} {
		for _, d := range list {
			if slices.Contains(names, d.Name) {
				found = append(found, d)
			}
		}
	}
	return found
}
