package packets

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/netip"
	"slices"
)

// Network is what is known of the devices and routes of a host. The zero Network knows nothing.
type Network struct {
	Devices  []Device
	Routes   []Route // of the main table
	Routed   bool    // the routes are known
	Routing  map[Family]Routing
	Forwards map[Family]bool
}

// Device is a network device.
type Device struct {
	Name      string          `json:"ifname"`
	Link      string          `json:"link"`      // the device below it
	Master    string          `json:"master"`    // the bridge or bond that it belongs to
	LinkType  string          `json:"link_type"` // ether, none, loopback
	Addresses []DeviceAddress `json:"addr_info"`
	Blocks    []netip.Prefix  `json:"-"`
}

// DeviceAddress is an address of a device.
type DeviceAddress struct {
	Local  string `json:"local"`
	Length int    `json:"prefixlen"`
}

// Route is where packets to a block go.
type Route struct {
	To     netip.Prefix
	Device string
	Table  string

	throws    bool // the next rule's table is asked instead
	sometimes bool // other routes are asked for some packets, or while a device is down
}

// ReadDevices reads what `ip -j addr` says: https://man7.org/linux/man-pages/man8/ip-address.8.html
func ReadDevices(text []byte) ([]Device, error) {
	var all []Device
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, fmt.Errorf("read the devices: %w", err)
	}
	for i := range all {
		for _, a := range all[i].Addresses {
			address, err := netip.ParseAddr(a.Local)
			if err != nil || a.Length < 0 || a.Length > address.BitLen() {
				return nil, fmt.Errorf("read the devices: %s has the address %q", all[i].Name, a.Local)
			}
			all[i].Blocks = append(all[i].Blocks, netip.PrefixFrom(address, a.Length))
		}
	}
	return all, nil
}

// ReadRoutes reads what `ip -j route` says of the routes of one family: https://man7.org/linux/man-pages/man8/ip-route.8.html. Those of the
// host's own addresses and to many are left out.
func ReadRoutes(text []byte, f Family) ([]Route, error) {
	var all []toldRoute
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, fmt.Errorf("read the routes: %w", err)
	}
	var routes []Route
	for _, r := range all {
		if slices.Contains([]string{"local", "broadcast", "multicast", "anycast"}, r.Type) {
			continue
		}
		block, err := block(r.Target, f)
		if err != nil {
			return nil, fmt.Errorf("read the routes: %w", err)
		}
		made := Route{To: block, Device: r.Device, Table: cmp.Or(r.Table, "main"), throws: r.Type == "throw",
			sometimes: r.Service != nil || slices.Contains(r.Flags, "dead")}
		if len(r.NextHops) == 0 {
			routes = append(routes, made)
		}
		for _, hop := range r.NextHops {
			made.Device = hop.Device
			routes = append(routes, made)
		}
	}
	return routes, nil
}

// toldRoute is a route as ip tells it.
type toldRoute struct {
	Type, Table string
	Target      string          `json:"dst"`
	Device      string          `json:"dev"`
	Service     json.RawMessage `json:"tos"`
	Flags       []string
	NextHops    []struct {
		Device string `json:"dev"`
	} `json:"nexthops"`
}

// block reads a block, an address, or "default".
func block(text string, f Family) (netip.Prefix, error) {
	if text == "default" {
		return netip.PrefixFrom(number{}.address(f), 0), nil
	}
	if a, err := netip.ParseAddr(text); err == nil {
		return netip.PrefixFrom(a, a.BitLen()), nil
	}
	return netip.ParsePrefix(text)
}

// outer lists the devices through which packets of a family come from elsewhere: not the loopback, and not parts of bridges and bonds,
// whose packets come through these. Those of a VRF do it first by their own name, and where there may be one they are listed too.
// https://docs.kernel.org/networking/vrf.html
func (n *Network) outer(f Family) []Device {
	plain := n.plain(f)
	return slices.DeleteFunc(slices.Clone(n.Devices), func(d Device) bool {
		return d.Name == "lo" || d.LinkType == "loopback" || d.Master != "" && plain
	})
}

// home are the addresses that are reached through a device: those of its routes for which no other device has a longer one, and where
// more than the main table decides, those that may be.
func (n *Network) home(device string, f Family) Set {
	if !n.plain(f) {
		return n.ways(device, f)
	}
	own, _ := reached(n.Routes, []string{device}, f)
	return own
}

// doors are the devices that the internet is behind. Where no route says so for a family, its packets may come as soon as an address
// is given, and then by the way of the other family's; where nothing says so, by any device.
func (n *Network) doors(f Family) []string {
	var here, there, all []string
	for _, d := range n.outer(f) {
		all = append(all, d.Name)
		if n.home(d.Name, f).World(f) {
			here = append(here, d.Name)
		}
		if n.home(d.Name, f.sibling()).World(f.sibling()) {
			there = append(there, d.Name)
		}
	}
	switch {
	case len(here) > 0:
		return here
	case len(there) > 0:
		return there
	}
	return all
}

// sibling is the other family.
func (f Family) sibling() Family {
	if f == IPv4 {
		return IPv6
	}
	return IPv4
}

// senders are the addresses whose packets may come through a device and be answered: all of them where the internet is behind it, and
// otherwise those of its routes. A device that is no Ethernet, such as a tunnel, and one with a public address may have them by ways
// that no route shows.
func (n *Network) senders(d Device, f Family) Set {
	outward := d.LinkType != "ether" || slices.Contains(n.doors(f), d.Name)
	for _, b := range d.Blocks {
		outward = outward || public(f).Contains(b.Addr()) && familyOf(b.Addr()) == f
	}
	if !n.Routed || outward {
		return All(f)
	}
	home := n.home(d.Name, f)
	if f == IPv6 {
		home = home.Union(SetOf(netip.MustParsePrefix("fe80::/10")))
	}
	return home
}

// senderHome is home, and for the only device that may have the internet behind it, all that no other device has. Where more than the main
// table decides, it is not known.
func (n *Network) senderHome(d Device, f Family) (home Set, known bool) {
	home, doors := n.home(d.Name, f), n.doors(f)
	if home.World(f) || !slices.Contains(doors, d.Name) {
		return home, n.Routed && n.plain(f)
	}
	rest := All(f)
	for _, other := range n.outer(f) {
		if other.Name != d.Name {
			rest = rest.Minus(n.home(other.Name, f))
		}
	}
	return rest, n.Routed && len(doors) == 1 && n.plain(f)
}

// addresses are those of the host that packets which come through a device may be sent to: the device's own, and public ones of
// others. Link-local ones are left out, for the world cannot send to them.
func (n *Network) addresses(d Device, f Family) []netip.Addr {
	var all []netip.Addr
	for _, other := range n.Devices {
		for _, b := range other.Blocks {
			a := b.Addr()
			mine := other.Name == d.Name || other.Master == d.Name
			if familyOf(a) == f && !a.IsLinkLocalUnicast() && !a.IsLoopback() && (mine || public(f).Contains(a)) {
				all = append(all, a)
			}
		}
	}
	return all
}

// route is the device through which an address is reached, or empty where it is not known.
func (n *Network) route(a netip.Addr) string {
	if f := familyOf(a); !n.plain(f) {
		devices := slices.DeleteFunc(n.outer(f), func(d Device) bool { return !n.ways(d.Name, f).Contains(a) })
		if len(devices) != 1 {
			return ""
		}
		return devices[0].Name
	}
	best := Route{}
	for _, r := range n.Routes {
		if r.To.Contains(a) && (best.Device == "" || r.To.Bits() > best.To.Bits()) {
			best = r
		}
	}
	return best.Device
}

// local says whether an address is one of the host's own, and whether that is known.
func (n *Network) local(a netip.Addr) (own, known bool) {
	for _, d := range n.Devices {
		if slices.ContainsFunc(d.Blocks, func(b netip.Prefix) bool { return b.Addr() == a }) {
			return true, true
		}
	}
	return false, len(n.Devices) > 0
}
