package packets

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// IPSets are the sets of `ipset save`, by name: https://man7.org/linux/man-pages/man8/ipset.8.html
type IPSets map[string]*ipset

// ipset is one of them.
type ipset struct {
	kind    []string // ip, net, port, iface, mark, mac; or set
	family  Family
	changes bool // elements end by themselves
	unclear bool
	entries []ipsetEntry
}

type ipsetEntry struct {
	parts   []string
	nomatch bool
}

// ReadIPSets reads what `ipset save` says.
func ReadIPSets(text []byte) IPSets {
	sets := IPSets{}
	for line := range strings.Lines(string(text)) {
		f := strings.Fields(line)
		switch {
		case len(f) >= 3 && f[0] == "create":
			sets[f[1]] = newIPSet(f[2], f[3:])
		case len(f) >= 3 && f[0] == "add" && sets[f[1]] != nil:
			sets[f[1]].add(f[2], f[3:])
		}
	}
	return sets
}

func newIPSet(kind string, options []string) *ipset {
	s := &ipset{family: IPv4}
	_, dimensions, ok := strings.Cut(kind, ":")
	s.kind = strings.Split(dimensions, ",")
	s.unclear = !ok
	for i, o := range options {
		switch o {
		case "timeout":
			s.changes = true
		case "netmask", "bitmask", "markmask":
			s.unclear = true
		case "inet6":
			if i > 0 && options[i-1] == "family" {
				s.family = IPv6
			}
		}
	}
	return s
}

func (s *ipset) add(element string, options []string) {
	s.entries = append(s.entries, ipsetEntry{strings.Split(element, ","), slices.Contains(options, "nomatch")})
}

// changed notes that rules add to a set, or take from it.
func (s IPSets) changed(name string) {
	if set := s[name]; set != nil {
		set.changes = true
	}
}

// listDepth is how deep lists of sets may lie in one another.
const listDepth = 8

// test is where a packet is in a set; directions say for each dimension whether the source or the target is meant.
func (s IPSets) test(name string, directions []string, depth int) test {
	set := s[name]
	if set == nil || set.unclear || depth > listDepth {
		return test{}
	}
	t := test{any: [][]test{}, shaky: set.changes}
	switch {
	case len(set.kind) == 1 && set.kind[0] == "set":
		for _, e := range set.entries {
			t.any = append(t.any, []test{s.test(e.parts[0], directions, depth+1)})
		}
		return t
	case len(directions) < len(set.kind):
		return test{}
	case len(set.kind) == 1 && (set.kind[0] == "ip" || set.kind[0] == "net"):
		return set.addresses(directions[0])
	}
	for _, e := range set.entries {
		together, ok := set.tuple(e, directions)
		if !ok {
			return test{}
		}
		t.any = append(t.any, together)
	}
	return t
}

// addresses is the test of a set of addresses. Of blocks that lie in one another the longest decides.
func (s *ipset) addresses(direction string) test {
	t := addressTest(direction, s.family)
	type element struct {
		set     Set
		nomatch bool
	}
	var all []element
	var spans []span
	for _, e := range s.entries {
		set, family, ok := addressText(e.parts[0])
		if !ok || family != s.family || len(e.parts) != 1 {
			return test{}
		}
		all = append(all, element{set, e.nomatch})
		spans = append(spans, set.spans...)
	}
	t.shaky = s.changes
	if !slices.ContainsFunc(all, func(e element) bool { return e.nomatch }) {
		t.values = makeSet(spans)
		return t
	}
	slices.SortStableFunc(all, func(a, b element) int { return b.set.size().compare(a.set.size()) })
	for _, e := range all {
		if e.nomatch {
			t.values = t.values.Minus(e.set)
			continue
		}
		t.values = t.values.Union(e.set)
	}
	return t
}

func addressTest(direction string, f Family) test {
	if direction == "src" {
		return test{field: sourceAddress, family: f}
	}
	return test{field: targetAddress, family: f}
}

// tuple are the tests of an element of several dimensions.
func (s *ipset) tuple(e ipsetEntry, directions []string) ([]test, bool) {
	if e.nomatch || len(e.parts) != len(s.kind) {
		return nil, false
	}
	var together []test
	for i, kind := range s.kind {
		switch kind {
		case "ip", "net":
			t := addressTest(directions[i], s.family)
			set, family, ok := addressText(e.parts[i])
			if !ok || family != s.family {
				return nil, false
			}
			t.values = set
			together = append(together, t)
		case "port":
			t, ok := setPort(e.parts[i], directions[i])
			if !ok {
				return nil, false
			}
			together = append(together, t)
		case "iface":
			if strings.HasPrefix(e.parts[i], "physdev:") { // a port of a bridge
				return nil, false
			}
			t := test{field: inDevice, names: []string{e.parts[i]}}
			if directions[i] == "dst" {
				t.field = outDevice
			}
			together = append(together, t)
		default:
			return nil, false
		}
	}
	return together, true
}

// setPort reads tcp:80, 80 or 80-90. A port of a bitmap has no protocol.
func setPort(text, direction string) (test, bool) {
	t := test{field: targetPort}
	if direction == "src" {
		t.field = sourcePort
	}
	name, port, found := strings.Cut(text, ":")
	if !found {
		port = name
	} else if t.proto = protocolNumber(name); !hasPorts(t.proto) {
		return t, false
	}
	lo, hi, isRange := strings.Cut(port, "-")
	if !isRange {
		hi = lo
	}
	from, err1 := strconv.ParseUint(lo, 10, 16)
	to, err2 := strconv.ParseUint(hi, 10, 16)
	t.values = numbers(from, to)
	return t, err1 == nil && err2 == nil && from <= to
}

// addressText reads an address, a block, a range, or a block with a mask that is written as an address.
func addressText(text string) (Set, Family, bool) {
	if lo, hi, ok := strings.Cut(text, "-"); ok {
		return addressRange(nftValue{kind: "range", parts: []nftValue{symbol(lo), symbol(hi)}})
	}
	address, mask, ok := strings.Cut(text, "/")
	if !ok {
		return addressRange(symbol(address))
	}
	if n, err := strconv.ParseUint(mask, 10, 8); err == nil {
		return addressRange(nftValue{kind: "prefix", num: n, parts: []nftValue{symbol(address)}})
	}
	m, err := netip.ParseAddr(mask)
	if err != nil {
		return Set{}, 0, false
	}
	for n := range m.BitLen() + 1 {
		if blockSpan(netip.PrefixFrom(m, n)).lo == numberOf(m) && numberOf(m).or(ones(m.BitLen()-n)) == ones(m.BitLen()) {
			return addressRange(nftValue{kind: "prefix", num: uint64(n), parts: []nftValue{symbol(address)}})
		}
	}
	return Set{}, 0, false
}
