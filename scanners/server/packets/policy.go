package packets

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/netip"
	"slices"
)

// Policy is a rule of policy routing: which table is asked for the way of packets. https://man7.org/linux/man-pages/man8/ip-rule.8.html
type Policy struct {
	Table    string
	Any      bool // which table it is, is not known: that of a packet's VRF
	Always   bool // all packets are asked for, and not only some
	Suppress int  // a default route has length 0; routes of at most this length do not count, -1 where all do
	priority int
}

// Routing is what decides on the ways of packets: the rules, and the routes of all tables.
type Routing struct {
	Policies []Policy
	Routes   []Route
}

// ReadPolicies reads what `ip -j rule` says of the rules of one family.
func ReadPolicies(text []byte) ([]Policy, error) {
	var all []map[string]json.RawMessage
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, fmt.Errorf("read the rules of routing: %w", err)
	}
	var policies []Policy
	leaps := false
	for _, one := range all {
		if one["goto"] != nil { // what lies between may be left out
			leaps = true
			continue
		}
		p, asks := readPolicy(one)
		p.Always = p.Always && !leaps
		if asks {
			policies = append(policies, p)
		}
	}
	slices.SortStableFunc(policies, func(a, b Policy) int { return cmp.Compare(a.priority, b.priority) })
	return policies, nil
}

// readPolicy reads one rule. Those that ask no table send no packet anywhere.
func readPolicy(one map[string]json.RawMessage) (p Policy, asks bool) {
	p = Policy{Always: true, Suppress: -1}
	_, p.Any = one["l3mdev"]
	for key, value := range one {
		var known error
		switch key {
		case "priority":
			known = json.Unmarshal(value, &p.priority)
		case "table":
			known = json.Unmarshal(value, &p.Table)
		case "suppress_prefixlen":
			known = json.Unmarshal(value, &p.Suppress)
		case "protocol":
		case "src":
			p.Always = p.Always && string(value) == `"all"`
		default:
			p.Always = false
		}
		p.Any = p.Any || known != nil
	}
	p.Always = p.Always && !p.Any
	return p, p.Any || p.Table != ""
}

// plain says whether the main table alone decides on the ways of a family's packets: the rules are those that the kernel begins with,
// and the table that is asked last is empty.
func (n *Network) plain(f Family) bool {
	r, known := n.Routing[f]
	tables := []string{"local", "main", "default"}
	if !known || len(r.Policies) < 2 || len(r.Policies) > len(tables) {
		return false
	}
	for i, p := range r.Policies {
		if !p.Always || p.Suppress >= 0 || p.Table != tables[i] {
			return false
		}
	}
	return !slices.ContainsFunc(r.Routes, func(r Route) bool { return r.Table == "default" })
}

// ways are the addresses to which packets may go through a device, by any rule. Where the rules are not known these are all.
func (n *Network) ways(device string, f Family) Set {
	r, known := n.Routing[f]
	if !known {
		return All(f)
	}
	devices := []string{device}
	for _, d := range n.Devices { // routes of a VRF name the devices that belong to it
		if d.Master == device {
			devices = append(devices, d.Name)
		}
	}
	left, mine := All(f), Set{}
	for _, p := range r.Policies {
		own, covered := r.ask(p, devices, f)
		mine = mine.Union(own.Intersect(left))
		if p.Always {
			left = left.Minus(covered)
		}
	}
	return mine
}

// ask says which addresses a rule may send packets for to some devices, and for which addresses the rule decides.
func (r Routing) ask(p Policy, devices []string, f Family) (own, covered Set) {
	var routes []Route
	for _, o := range r.Routes {
		if p.Any && slices.Contains(devices, o.Device) && familyOf(o.To.Addr()) == f {
			own = own.Union(SetOf(o.To))
		}
		if o.Table == p.Table && o.To.Bits() > p.Suppress {
			routes = append(routes, o)
		}
	}
	if p.Any {
		return own, Set{}
	}
	return reached(routes, devices, f)
}

// reached are the addresses that routes of one table lead to through some devices, and those that they decide on: the longest route
// does, and of several as long each may.
func reached(routes []Route, devices []string, f Family) (own, covered Set) {
	routes = slices.DeleteFunc(slices.Clone(routes), func(r Route) bool { return familyOf(r.To.Addr()) != f })
	slices.SortStableFunc(routes, func(a, b Route) int { return b.To.Bits() - a.To.Bits() })
	var taken, thrown Set
	for len(routes) > 0 {
		bits := routes[0].To.Bits()
		var these []netip.Prefix
		for ; len(routes) > 0 && routes[0].To.Bits() == bits; routes = routes[1:] {
			r := routes[0]
			block := SetOf(r.To)
			if slices.Contains(devices, r.Device) {
				own = own.Union(block.Minus(taken))
			}
			if r.throws {
				thrown = thrown.Union(block.Minus(taken))
			}
			if !r.sometimes {
				these = append(these, r.To)
			}
		}
		taken = taken.Union(SetOf(these...))
	}
	return own, taken.Minus(thrown)
}
