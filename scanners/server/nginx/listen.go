package nginx

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// Socket is an address that nginx listens on.
type Socket struct {
	Name    string // such as 0.0.0.0:443, [::]:443, unix:/run/nginx.sock, or localhost:80 where a name is given
	Address netip.Addr
	Port    int
	QUIC    bool // HTTP/3 over UDP
	UDP     bool // of a stream
}

// listen is one listen directive of a server.
type listen struct {
	Socket
	tls, isDefault bool
	by             *Directive // nil for a server without one
}

// listens are the sockets of a server. A server without any listens on port 80 of all addresses of IPv4.
// https://nginx.org/en/docs/http/ngx_http_core_module.html#listen
func listens(server *Directive) []listen {
	var all []listen
	for _, d := range named(server.Block, "listen") {
		if len(d.Args) == 0 {
			continue
		}
		l := listen{by: d}
		for _, parameter := range d.Args[1:] {
			switch parameter {
			case "ssl":
				l.tls = true
			case "quic":
				l.QUIC, l.tls = true, true
			case "udp":
				l.UDP = true
			case "default_server", "default":
				l.isDefault = true
			}
		}
		for _, s := range sockets(d.Args[0]) {
			l.Socket = Socket{Name: s.Name, Address: s.Address, Port: s.Port, QUIC: l.QUIC, UDP: l.UDP}
			if l.QUIC || l.UDP {
				l.Name += "/udp"
			}
			all = append(all, l)
		}
	}
	if len(all) == 0 {
		all = append(all, listen{Socket: sockets("80")[0]})
	}
	return all
}

// portsLimit is how many ports of a range are read.
const portsLimit = 1000

// sockets reads the address of a listen directive: an address, a port or range of ports, both, or a path.
func sockets(text string) []Socket {
	if strings.HasPrefix(text, "unix:") {
		return []Socket{{Name: text}}
	}
	host, port := text, "80"
	switch {
	case strings.HasPrefix(text, "["):
		end := strings.IndexByte(text, ']')
		if end < 0 {
			return []Socket{{Name: text}}
		}
		host = text[1:end]
		if rest, ok := strings.CutPrefix(text[end+1:], ":"); ok {
			port = rest
		}
	case strings.Contains(text, ":"):
		host, port, _ = strings.Cut(text, ":")
	case !strings.ContainsFunc(text, func(r rune) bool { return (r < '0' || r > '9') && r != '-' }):
		host, port = "*", text
	}
	if host == "*" {
		host = "0.0.0.0"
	}
	address, err := netip.ParseAddr(host)
	if err != nil && host == "localhost" {
		address = netip.AddrFrom4([4]byte{127, 0, 0, 1})
	}
	first, last, _ := strings.Cut(port, "-")
	from, _ := strconv.Atoi(first)
	to, err := strconv.Atoi(last)
	if err != nil || to < from {
		to = from
	}
	var all []Socket
	for p := from; p <= min(to, from+portsLimit); p++ {
		s := Socket{Name: host + ":" + strconv.Itoa(p), Address: address, Port: p}
		if address.IsValid() {
			s.Name = netip.AddrPortFrom(address, uint16(p)).String()
		}
		all = append(all, s)
	}
	return all
}

// Loopback says whether only the host itself reaches the socket.
func (s Socket) Loopback() bool { return strings.HasPrefix(s.Name, "unix:") || s.Address.IsLoopback() }

// seat is a server at a socket.
type seat struct {
	server *server
	names  []string // by which it is chosen; those that an earlier server has are left out
	listen listen
}

// bench is a socket with its servers in order.
type bench struct {
	Socket
	seats   []seat
	front   int  // the default server: the first one, unless another says so
	named   bool // a directive says which it is
	tls     bool // some listen directive of the socket says so
	byTLS   *Directive
	through *Directive // what may hide a server before the default one
}

// benches puts servers to their sockets, in the order in which sockets are first named.
// https://nginx.org/en/docs/http/request_processing.html
func benches(servers []*server) []*bench {
	var all []*bench
	for _, s := range servers {
		for _, l := range listens(s.opener) {
			n := slices.IndexFunc(all, func(b *bench) bool { return b.Name == l.Name })
			if n < 0 {
				n = len(all)
				all = append(all, &bench{Socket: l.Socket, through: s.after})
			}
			all[n].add(s, l)
		}
	}
	return all
}

// add puts a server to the socket.
func (b *bench) add(s *server, l listen) {
	if l.isDefault {
		b.front, b.named = len(b.seats), true
	}
	if l.tls {
		b.tls, b.byTLS = true, l.by
	}
	var names []string
	for _, name := range s.names() {
		if !slices.ContainsFunc(b.seats, func(other seat) bool { return slices.Contains(other.names, name) }) {
			names = append(names, name)
		}
	}
	b.seats = append(b.seats, seat{server: s, names: names, listen: l})
}
