package packets

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
)

// Filter is the packet filter of a host in its network. It does not change after the first question.
type Filter struct {
	Rules   *Ruleset
	Network Network

	plan *plan
}

// Reach is which addresses packets may come from, or go to. The rules of Undecided are why the sets differ.
type Reach struct {
	Must, May Set
	Undecided []Where
}

// Ingress says from where new packets of a protocol to a port reach the host, or what it sends them on to.
func (f *Filter) Ingress(family Family, protocol, port int) Reach {
	return f.reach(family, protocol, port, f.entries(family, false))
}

// WorldIngress is Ingress for packets that come through devices which the internet is behind.
func (f *Filter) WorldIngress(family Family, protocol, port int) Reach {
	return f.reach(family, protocol, port, f.entries(family, true))
}

// entry is a way by which packets come: a device, and an address of the host that they may be sent to.
type entry struct {
	device  string
	own     []*number
	senders Set
	home    Set
	homely  bool // home is known
}

// entries are the ways in; or only those by which the world comes.
func (f *Filter) entries(family Family, world bool) []entry {
	key := entryKey{family, world}
	all, known := f.planned().entries[key]
	if !known {
		all = f.findEntries(family, world)
		f.plan.entries[key] = all
	}
	return all
}

func (f *Filter) findEntries(family Family, world bool) []entry {
	var all []entry
	for _, d := range f.Network.outer(family) {
		e := entry{device: d.Name, senders: f.Network.senders(d, family)}
		if world && !e.senders.World(family) {
			continue
		}
		e.own = f.different(family, f.Network.addresses(d, family))
		e.home, e.homely = f.Network.senderHome(d, family)
		all = append(all, e)
	}
	if len(f.Network.outer(family)) == 0 {
		all = append(all, entry{own: []*number{nil}, senders: All(family)})
	}
	if len(all) == 1 {
		all[0].home, all[0].homely = all[0].senders, true
	}
	return f.alike(family, all)
}

// alike joins the ways in that no rule tells apart.
func (f *Filter) alike(family Family, all []entry) []entry {
	tests := f.deviceTests()
	var joined []entry
	seen := map[string]int{}
	for _, e := range all {
		key := fmt.Sprint(e.homely)
		for _, t := range tests {
			key += fmt.Sprint(t.named(e.device))
		}
		for _, o := range e.own {
			if o != nil {
				key += o.address(family).String()
			}
		}
		if at, ok := seen[key]; ok {
			joined[at].senders = joined[at].senders.Union(e.senders)
			joined[at].home = joined[at].home.Union(e.home)
			continue
		}
		seen[key] = len(joined)
		joined = append(joined, e)
	}
	return joined
}

// addressLimit is how many addresses of a host are told apart.
const addressLimit = 16

// different picks one of the addresses that no rule tells apart.
func (f *Filter) different(family Family, addresses []netip.Addr) []*number {
	var tests []test
	f.tests(func(t test) {
		if t.field == targetAddress && t.family == family || t.field == sourceAddress && t.family == family {
			tests = append(tests, t)
		}
	})
	var own []*number
	seen := map[string]bool{}
	for _, a := range addresses {
		var key strings.Builder
		for _, t := range tests {
			key.WriteByte("01"[truth(t.values.Contains(a))])
		}
		if n := numberOf(a); !seen[key.String()] {
			seen[key.String()] = true
			own = append(own, &n)
		}
	}
	if len(own) == 0 || len(own) > addressLimit {
		return []*number{nil}
	}
	return own
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// deviceTests lists the tests of devices.
func (f *Filter) deviceTests() []test {
	var tests []test
	f.tests(func(t test) {
		if t.field == inDevice || t.field == outDevice {
			tests = append(tests, t)
		}
	})
	for _, c := range f.Rules.Chains {
		if len(c.Device) > 0 {
			tests = append(tests, test{names: c.Device})
		}
	}
	return tests
}

// tests calls visit for every test of every rule.
func (f *Filter) tests(visit func(test)) {
	for _, c := range f.Rules.Chains {
		for _, r := range c.Rules {
			visitAll(r.tests, visit)
			for _, b := range r.branches {
				visitAll(b.tests, visit)
			}
		}
	}
}

func visitAll(tests []test, visit func(test)) {
	for _, t := range tests {
		visit(t)
		for _, together := range t.any {
			visitAll(together, visit)
		}
	}
}

// reach asks for all ways in. Who must get through does so by the way that their packets take.
func (f *Filter) reach(family Family, protocol, port int, entries []entry) Reach {
	var r Reach
	var ways []way
	for _, e := range entries {
		must, doubts := f.through(family, protocol, port, e, true)
		may, more := f.through(family, protocol, port, e, false)
		ways = append(ways, way{e, must, may})
		r.Undecided = append(r.Undecided, append(doubts, more...)...)
	}
	return f.joined(r, family, ways)
}

// way is who gets through by a way in, or out.
type way struct {
	entry
	must, may Set
}

// joined is who gets through by any way. Where it is not known which way packets take, those surely get through whom every way that they
// may take lets through.
func (f *Filter) joined(r Reach, family Family, ways []way) Reach {
	var all, stopped Set
	known := slices.ContainsFunc(ways, func(w way) bool { return w.homely })
	for _, w := range ways {
		r.May = r.May.Union(w.may.Intersect(w.senders))
		all, stopped = all.Union(w.senders), stopped.Union(w.senders.Minus(w.must))
		if w.homely {
			r.Must = r.Must.Union(w.must.Intersect(w.home))
		}
	}
	if !known {
		r.Must = all.Minus(stopped)
	}
	if len(ways) > 1 && !f.Network.plain(family) {
		r.Undecided = append(r.Undecided, Where{File: "ip rule", Text: "more than the main table may decide on the way"})
	}
	return r.tidy()
}

// tidy leaves out reasons that nothing needs.
func (r Reach) tidy() Reach {
	if r.Must.Equal(r.May) {
		r.Undecided = nil
	}
	var once []Where
	for _, w := range r.Undecided {
		if !slices.Contains(once, w) {
			once = append(once, w)
		}
	}
	r.Undecided = once
	return r
}

// through asks for one way in: who gets through to one of the addresses of the host.
func (f *Filter) through(family Family, protocol, port int, e entry, ordinary bool) (Set, []Where) {
	var who Set
	var doubts []Where
	for _, own := range e.own {
		steps := 0
		fl := flow{Filter: f, doubts: &doubts, steps: &steps}
		p := packet{plan: f.planned(), family: family, protocol: protocol, port: port, in: e.device, own: own, ordinary: ordinary, all: All(family),
			untracked: f.Rules.notracks, marked: f.Rules.marks}
		who = who.Union(fl.inward(p, p.all))
	}
	return who, doubts
}

// Egress says where new packets of a protocol to a port get to.
func (f *Filter) Egress(family Family, protocol, port int) Reach {
	var r Reach
	var ways []way
	for _, e := range f.entries(family, true) {
		steps := 0
		fl := flow{Filter: f, doubts: &r.Undecided, steps: &steps}
		p := packet{plan: f.planned(), family: family, protocol: protocol, port: port, out: e.device, outgoing: true, all: All(family), marked: f.Rules.marks, untracked: f.Rules.notracks}
		if len(e.own) == 1 {
			p.own = e.own[0]
		}
		if e.homely {
			e.senders = e.home
		}
		may := fl.outward(p, p.all)
		p.ordinary = true
		ways = append(ways, way{e, fl.outward(p, p.all), may})
	}
	return f.joined(r, family, ways)
}
