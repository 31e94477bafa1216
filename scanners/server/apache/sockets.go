package apache

import (
	"net/netip"
	"slices"
)

// Socket is an address and port on which httpd answers, with the hosts that answer there: the first is the default, for names that none
// of them has. https://httpd.apache.org/docs/2.4/vhosts/details.html
type Socket struct {
	Listen Listen
	IP     netip.Addr // the zero address stands for all others of the machine
	Hosts  []*Host    // the main server alone where no virtual host has the address
}

// Sockets lists where the server answers. A listener on all addresses is one socket for all of them and one for each address that has
// virtual hosts of its own.
func (s *Server) Sockets() []Socket {
	var all []Socket
	for _, l := range s.Listens {
		all = append(all, Socket{l, l.Address, s.at(l.Address, l.Port)})
		if l.Address.IsValid() {
			continue
		}
		for _, ip := range s.reserved(l.Port) {
			all = append(all, Socket{l, ip, s.at(ip, l.Port)})
		}
	}
	return all
}

// reserved lists the addresses that virtual hosts of a port have for themselves, and that have no listener of their own.
func (s *Server) reserved(port int) []netip.Addr {
	var ips []netip.Addr
	for _, h := range s.Hosts {
		for _, a := range h.Addresses {
			if !a.IP.IsValid() || a.Unknown || a.Port != 0 && a.Port != port || slices.Contains(ips, a.IP) {
				continue
			}
			if !slices.ContainsFunc(s.Listens, func(l Listen) bool { return l.Address == a.IP && l.Port == port }) {
				ips = append(ips, a.IP)
			}
		}
	}
	return ips
}

// at lists the hosts of an address and port. Hosts with the same address and port as written are one chain; an address of its own goes
// before all others, and of two chains that fit the one that was begun later, as httpd puts each new one in front.
func (s *Server) at(ip netip.Addr, port int) []*Host {
	if ip.IsValid() {
		if hosts := s.chain(func(a Address) bool { return a.IP == ip }, port); len(hosts) > 0 {
			return hosts
		}
	}
	if hosts := s.chain(func(a Address) bool { return !a.IP.IsValid() }, port); len(hosts) > 0 {
		return hosts
	}
	return []*Host{s.Main}
}

// chain finds the chain of the addresses that fit.
func (s *Server) chain(fits func(Address) bool, port int) []*Host {
	chains := map[int][]*Host{}
	last := -1
	for _, h := range s.Hosts {
		for _, a := range h.Addresses {
			if a.Unknown || !fits(a) || a.Port != 0 && a.Port != port {
				continue
			}
			if chains[a.Port] == nil {
				last = a.Port
			}
			if c := chains[a.Port]; len(c) == 0 || c[len(c)-1] != h {
				chains[a.Port] = append(c, h)
			}
		}
	}
	return chains[last]
}

// Doubt is why it is not known who answers on a socket.
func (s *Server) Doubt(socket Socket) *Problem {
	doubt := socket.Listen.Doubt
	if len(s.Gaps) > 0 {
		doubt = first(doubt, &s.Gaps[0])
	}
	for _, h := range s.Hosts {
		for _, a := range h.Addresses {
			fits := a.Unknown || !a.IP.IsValid() || a.IP == socket.IP
			if (a.Unknown || h.Doubt != nil && fits) && (a.Port == 0 || a.Port == socket.Listen.Port) {
				doubt = first(doubt, h.Doubt, &Problem{Position: h.At, What: h.At.File})
			}
		}
	}
	return doubt
}

// For finds the host that answers a name on the socket.
func (k Socket) For(name string) *Host {
	for _, h := range k.Hosts {
		if h.Named(name) {
			return h
		}
	}
	return k.Hosts[0]
}
