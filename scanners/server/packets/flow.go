package packets

import (
	"cmp"
	"slices"
)

// flow takes packets through the hooks of the kernel: https://wiki.nftables.org/wiki-nftables/index.php/Netfilter_hooks. At each hook the base
// chains follow one another by priority. Being accepted in one ends that one only; being dropped is final.
type flow struct {
	*Filter
	doubts *[]Where
	steps  *int
}

// journey is the rest of the way of packets, of whom who are left.
type journey func(p packet, who Set) Set

// at lists the base chains of hooks that see packets of a family, in their order.
func (f *Filter) at(family Family, hooks ...string) []*Chain {
	var chains []*Chain
	for _, hook := range hooks {
		key := hookKey{family, hook}
		these, known := f.planned().hooks[key]
		if !known {
			these = slices.DeleteFunc(slices.Clone(f.Rules.Chains), func(c *Chain) bool { return c.Hook != hook || !c.sees(family) })
			slices.SortStableFunc(these, func(a, b *Chain) int { return cmp.Compare(a.Priority, b.Priority) })
			f.plan.hooks[key] = these
		}
		chains = append(chains, these...)
	}
	return chains
}

// sees says whether packets of a family come to the chain.
func (c *Chain) sees(f Family) bool {
	switch c.ID.family {
	case "ip":
		return f == IPv4
	case "ip6":
		return f == IPv6
	case "arp":
		return false
	}
	return true
}

// along takes packets through base chains, and then on.
func (f *flow) along(chains []*Chain, p packet, who Set, then journey) Set {
	if who.Empty() {
		return who
	}
	if len(chains) == 0 {
		return then(p, who)
	}
	c, rest := chains[0], chains[1:]
	applies := f.applies(c, &p)
	if applies == no || c.Type == "nat" && p.sent {
		return f.along(rest, p, who, then)
	}
	w := walk{packet: p, steps: f.steps, undecided: *f.doubts}
	w.midway = (c.Hook == "prerouting" || c.Hook == "output") && c.Priority == tracking
	w.early = c.Hook == "ingress" || (c.Hook == "prerouting" || c.Hook == "output") && c.Priority < tracking
	out := w.chain(c, who)
	*f.doubts = w.undecided
	passed := out.accepted
	if !c.Drops {
		passed = passed.Union(out.returned)
	}
	if applies == perhaps {
		passed = f.perhaps(c, &p, who, passed)
	}
	all := f.along(rest, p, passed, then)
	for _, s := range out.sent {
		if applies == perhaps && p.ordinary {
			s.who = Set{}
		}
		all = all.Union(f.elsewhere(rest, p, s, then))
	}
	return all
}

// tracking is the priority at which connections are looked up; which of the chains that have it come before that depends on who was first.
// https://wiki.nftables.org/wiki-nftables/index.php/Netfilter_hooks#Priority_within_hook
const tracking = -200

// perhaps is who passes a chain of which it is not known whether it is asked.
func (f *flow) perhaps(c *Chain, p *packet, who, passed Set) Set {
	if who.Within(passed) {
		return who
	}
	*f.doubts = append(*f.doubts, Where{Text: c.ID.family + " " + c.ID.table + " " + c.ID.name})
	if p.ordinary {
		return who.Intersect(passed)
	}
	return who
}

// elsewhere takes packets on that were sent elsewhere.
func (f *flow) elsewhere(rest []*Chain, p packet, s sent, then journey) Set {
	if s.who.Empty() {
		return s.who
	}
	p.sent = true
	if !s.to.keeps {
		p.port = s.to.port
	}
	known := !s.to.unclear
	p.own = nil
	if known && !s.to.here {
		a := s.to.address.address(p.family)
		own, sure := f.Network.local(a)
		known = sure && !a.IsLoopback() // which needs route_localnet
		n := s.to.address
		p.own = &n
		p.forwarded = !own
	}
	switch {
	case known && !p.outgoing:
		return f.along(rest, p, s.who, then)
	case p.ordinary:
		return Set{}
	}
	*f.doubts = append(*f.doubts, Where{Text: "dnat"})
	return s.who
}

// inward takes packets through the host: to itself, or on to where they were sent.
func (f *flow) inward(p packet, who Set) Set {
	before := f.at(p.family, "ingress", "prerouting")
	return f.along(before, p, who, func(p packet, who Set) Set {
		if !p.forwarded {
			return f.along(f.at(p.family, "input"), p, who, arrived)
		}
		p.out = f.Network.route(p.own.address(p.family))
		if on, known := f.Network.Forwards[p.family]; !on && (known || p.ordinary) {
			return Set{}
		}
		return f.along(f.at(p.family, "forward", "postrouting"), p, who, arrived)
	})
}

// outward takes packets of the host to elsewhere.
func (f *flow) outward(p packet, who Set) Set {
	return f.along(f.at(p.family, "output", "postrouting", "egress"), p, who, arrived)
}

func arrived(_ packet, who Set) Set { return who }

// whether something is so.
type whether int

const (
	no whether = iota
	yes
	perhaps
)

// applies says whether a packet comes to a base chain: those of the netdev family and at ingress have devices, those of the bridge
// family see what comes through a bridge's ports.
func (f *Filter) applies(c *Chain, p *packet) whether {
	if w := f.meets(c, p); w == no || !c.unsure {
		return w
	}
	return perhaps
}

// meets is applies for a chain of a table that is awake.
func (f *Filter) meets(c *Chain, p *packet) whether {
	switch {
	case c.ID.family == "bridge" && (len(f.Network.Devices) == 0 || slices.ContainsFunc(f.Network.Devices, func(d Device) bool { return d.Master != "" })):
		return perhaps
	case c.ID.family == "bridge":
		return no
	case c.Hook != "ingress" && c.Hook != "egress" || slices.Contains(c.Device, p.in+p.out):
		return yes
	case p.in+p.out == "" || len(c.Device) == 0 || slices.ContainsFunc(c.Device, f.below):
		return perhaps
	}
	return no
}

// below says whether packets of a device may be seen at another one, which lies above it.
func (f *Filter) below(device string) bool {
	return !slices.ContainsFunc(f.Network.Devices, func(d Device) bool { return d.Name == device && d.Master == "" && d.Link == "" }) ||
		slices.ContainsFunc(f.Network.Devices, func(d Device) bool { return d.Link == device })
}
