package apache

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Server is what httpd makes of its tree.
type Server struct {
	Tree    *Tree
	Listens []Listen
	Main    *Host   // what answers where no virtual host does
	Hosts   []*Host // virtual hosts in their order
	Gaps    []Problem

	outside []*Directive // those of the tree that stand outside of virtual hosts
}

// Listen is a socket. The zero Address is all addresses.
type Listen struct {
	Address  netip.Addr
	Port     int
	Protocol string // as written, such as https; or empty
	At       Position
	Doubt    *Problem
}

// Host is a virtual host, or the main server.
type Host struct {
	Name      string // ServerName without its port; empty when there is none
	Port      int    // of ServerName, or 0
	Aliases   []string
	Addresses []Address
	At        Position
	Doubt     *Problem

	section *Directive // nil for the main server
	server  *Server
}

// Address is one address of a virtual host. The zero IP and port stand for all.
type Address struct {
	IP   netip.Addr
	Port int
	Text string // as written
	// Unknown says that the address is a name that only its name server knows.
	Unknown bool
}

// Of makes a server of a tree.
func Of(t *Tree) *Server {
	s := &Server{Tree: t}
	s.Main = &Host{server: s, At: Position{}}
	if len(t.Files) > 0 {
		s.Main.At.File = t.Files[0]
	}
	for _, d := range t.Directives {
		switch d.Name {
		case "":
			s.Gaps = append(s.Gaps, *d.Doubt)
		case "listen":
			s.listen(d)
		case "servername":
			s.Main.name(d)
		case "serveralias":
			s.Main.Aliases = append(s.Main.Aliases, d.Args...)
		}
	}
	for _, d := range t.Directives {
		if d.Name == "virtualhost" && d.Section {
			s.Hosts = append(s.Hosts, s.host(d))
		} else {
			s.outside = append(s.outside, d)
		}
	}
	return s
}

// listen reads Listen [address:]port [protocol]. https://httpd.apache.org/docs/2.4/mod/mpm_common.html#listen
func (s *Server) listen(d *Directive) {
	l := Listen{At: d.At, Doubt: d.Doubt}
	if len(d.Args) == 0 {
		return
	}
	if len(d.Args) > 1 {
		l.Protocol = strings.ToLower(d.Args[1])
	}
	address, port, known := split(d.Args[0])
	l.Address, l.Port = address, port
	if (!known || port == 0) && l.Doubt == nil {
		l.Doubt = &Problem{Position: d.At, What: d.At.File}
	}
	for _, old := range s.Listens {
		if old.Address == l.Address && old.Port == l.Port && old.Doubt == nil && l.Doubt == nil {
			return
		}
	}
	s.Listens = append(s.Listens, l)
}

// split takes an address and a port apart: 80, *:80, 192.0.2.1:80, [2001:db8::1]:80.
func split(text string) (address netip.Addr, port int, known bool) {
	host, number := "", text
	if n := strings.LastIndexByte(text, ':'); n >= 0 && !strings.HasSuffix(text, "]") {
		host, number = text[:n], text[n+1:]
	} else if _, err := strconv.Atoi(text); err != nil {
		host, number = text, ""
	}
	known = true
	if number != "" && number != "*" {
		n, err := strconv.Atoi(number)
		if err != nil || n < 0 || n > 65535 {
			known = false
		}
		port = n
	}
	host = strings.Trim(host, "[]")
	if host == "" || host == "*" || strings.EqualFold(host, "_default_") || host == "0.0.0.0" || host == "::" {
		return netip.Addr{}, port, known
	}
	address, err := netip.ParseAddr(host)
	return address.WithZone(""), port, known && err == nil
}

// host reads a virtual host.
func (s *Server) host(d *Directive) *Host {
	h := &Host{At: d.At, Doubt: d.Doubt, section: d, server: s}
	for _, text := range d.Args {
		ip, port, known := split(text)
		if _, err := strconv.Atoi(text); err == nil {
			ip, port, known = netip.Addr{}, 0, false // a number alone is taken for a name
		}
		if port == 0 && !strings.HasSuffix(text, ":*") {
			port = s.Main.Port
		}
		h.Addresses = append(h.Addresses, Address{IP: ip, Port: port, Text: text, Unknown: !known})
	}
	for _, inner := range d.Children {
		switch inner.Name {
		case "servername":
			h.name(inner)
		case "serveralias":
			h.Aliases = append(h.Aliases, inner.Args...)
		case "":
			h.Doubt = first(h.Doubt, inner.Doubt)
		}
		if strings.HasPrefix(inner.Name, "server") {
			h.Doubt = first(h.Doubt, inner.Doubt)
		}
	}
	if h.Name == "" && slices.ContainsFunc(h.Addresses, func(a Address) bool { return !a.IP.IsValid() && !a.Unknown }) {
		h.Name = s.Main.Name // only hosts of all addresses inherit it; for others a name server is asked
	}
	return h
}

// name reads ServerName [scheme://]name[:port]. https://httpd.apache.org/docs/2.4/mod/core.html#servername
func (h *Host) name(d *Directive) {
	if len(d.Args) == 0 {
		return
	}
	name := d.Args[0]
	if _, after, ok := strings.Cut(name, "://"); ok {
		name = after
	}
	h.Name, h.Port = name, 0
	if n := strings.LastIndexByte(name, ':'); n >= 0 {
		if port, err := strconv.Atoi(name[n+1:]); err == nil {
			h.Name, h.Port = name[:n], port
		}
	}
}

// Named says whether a Host header without its port means this host.
func (h *Host) Named(name string) bool {
	if h.Name != "" && strings.EqualFold(h.Name, name) {
		return true
	}
	return slices.ContainsFunc(h.Aliases, func(alias string) bool {
		if !strings.ContainsAny(alias, "*?") {
			return strings.EqualFold(alias, name)
		}
		return capture.Like(strings.ToLower(alias), strings.ToLower(name))
	})
}

// Main says whether this is the main server.
func (h *Host) Main() bool { return h.section == nil }
