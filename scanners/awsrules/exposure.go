package awsrules

import (
	"cmp"
	"encoding/binary"
	"net/netip"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// PacketRule lets packets of a protocol to a range of ports pass, from or to the blocks.
type PacketRule struct {
	Protocol string // as ProtocolName gives it
	From, To int    // 0 and LastPort where all ports, or no ports, are meant
	Blocks   []netip.Prefix
	At       evidence.Position
}

// LastPort is the highest port of TCP and UDP.
const LastPort = 65535

// family is IPv4 or IPv6 with its addresses as numbers: 32 bits, or the first 64 of 128.
type family struct {
	name   string
	bits   int    // of an address, as counted here
	public []span // what is routed on the internet
	most   uint64 // as many public addresses can still be one organisation's own
}

// span is a range of addresses, both ends included.
type span struct{ lo, hi uint64 }

// families lists both. Reserved IPv4 ranges: https://www.iana.org/assignments/iana-ipv4-special-registry; IPv6 unicast is
// 2000::/3. The largest blocks that one organisation holds are a /8 and a /16.
func families() []family {
	return []family{
		{name: "ipv4", bits: 32, most: 1 << 24, public: []span{
			{0x01000000, 0x09FFFFFF}, {0x0B000000, 0x643FFFFF}, {0x64800000, 0x7EFFFFFF}, {0x80000000, 0xA9FDFFFF},
			{0xA9FF0000, 0xAC0FFFFF}, {0xAC200000, 0xC0A7FFFF}, {0xC0A90000, 0xDFFFFFFF},
		}},
		{name: "ipv6", bits: 64, most: 1 << 48, public: []span{{0x2000000000000000, 0x3FFFFFFFFFFFFFFF}}},
	}
}

// OpenTo returns what the world can reach by the rules together. The world is more public addresses than any one
// organisation holds, however they are written: as 0.0.0.0/0, in halves, as a long list, in several rules. Exposures
// are sorted; those of a protocol are left out where all protocols are exposed.
func OpenTo(rules []PacketRule) []evidence.Exposure {
	var open []evidence.Exposure
	for _, f := range families() {
		own := f.rules(rules)
		all := f.exposures(own, "all")
		open = append(open, all...)
		if len(all) > 0 {
			continue
		}
		for _, protocol := range protocols(own) {
			open = append(open, f.exposures(own, protocol)...)
		}
	}
	return open
}

// rules returns the rules that have blocks of the family, with these only.
func (f family) rules(rules []PacketRule) []PacketRule {
	var own []PacketRule
	for _, r := range rules {
		r.Blocks = slices.DeleteFunc(slices.Clone(r.Blocks), func(b netip.Prefix) bool { return b.Addr().Is4() != (f.bits == 32) })
		if len(r.Blocks) > 0 {
			own = append(own, r)
		}
	}
	return own
}

// protocols are those of the rules, sorted, without all.
func protocols(rules []PacketRule) []string {
	var names []string
	for _, r := range rules {
		if r.Protocol != "all" {
			names = append(names, r.Protocol)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// exposures cuts the ports of one protocol where a rule begins or ends, and joins neighbours that are open alike.
func (f family) exposures(rules []PacketRule, protocol string) []evidence.Exposure {
	rules = slices.DeleteFunc(slices.Clone(rules), func(r PacketRule) bool { return r.Protocol != protocol && r.Protocol != "all" })
	var open []evidence.Exposure
	cuts := portCuts(rules)
	for n := 0; n+1 < len(cuts); n++ {
		from, to := cuts[n], cuts[n+1]-1
		source := f.source(rules, from)
		last := len(open) - 1
		switch {
		case source == "":
		case last >= 0 && open[last].To == from-1 && open[last].Source == source:
			open[last].To = to
		default:
			open = append(open, evidence.Exposure{Family: f.name, Protocol: protocol, From: from, To: to, Source: source})
		}
	}
	return open
}

// portCuts are the ports at which a rule begins, and those after a rule's end.
func portCuts(rules []PacketRule) []int {
	var cuts []int
	for _, r := range rules {
		cuts = append(cuts, r.From, r.To+1)
	}
	slices.Sort(cuts)
	return slices.Compact(cuts)
}

// source is the smallest list of blocks that reaches the port, empty when it is not the world.
func (f family) source(rules []PacketRule, port int) string {
	var spans []span
	for _, r := range rules {
		if r.From <= port && port <= r.To {
			for _, b := range r.Blocks {
				spans = append(spans, f.span(b))
			}
		}
	}
	spans = union(spans)
	if f.publicSize(spans) <= f.most {
		return ""
	}
	return f.text(spans)
}

// span is the range of a block.
func (f family) span(b netip.Prefix) span {
	bytes := b.Masked().Addr().AsSlice()
	var lo uint64
	if f.bits == 32 {
		lo = uint64(binary.BigEndian.Uint32(bytes))
	} else {
		lo = binary.BigEndian.Uint64(bytes[:8])
	}
	return span{lo, lo | f.ones(f.bits-min(b.Bits(), f.bits))}
}

// ones is a number of n ones.
func (f family) ones(n int) uint64 {
	if n >= 64 {
		return ^uint64(0)
	}
	return 1<<n - 1
}

// union sorts the ranges and joins those that touch.
func union(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.lo, b.lo), cmp.Compare(a.hi, b.hi)) })
	var joined []span
	for _, s := range spans {
		last := len(joined) - 1
		if last >= 0 && (s.lo <= joined[last].hi || s.lo == joined[last].hi+1) {
			joined[last].hi = max(joined[last].hi, s.hi)
			continue
		}
		joined = append(joined, s)
	}
	return joined
}

// publicSize counts the public addresses in the ranges.
func (f family) publicSize(spans []span) uint64 {
	var size uint64
	for _, s := range spans {
		for _, p := range f.public {
			if lo, hi := max(s.lo, p.lo), min(s.hi, p.hi); lo <= hi {
				size += hi - lo + 1
			}
		}
	}
	return size
}

// mostNamed is how many blocks a source names before it is cut short.
const mostNamed = 8

// text writes the ranges as the fewest blocks.
func (f family) text(spans []span) string {
	var blocks []string
	for _, s := range spans {
		for lo := s.lo; ; {
			size := f.widest(lo, s.hi)
			blocks = append(blocks, f.block(lo, size))
			end := lo + f.ones(size)
			if end >= s.hi || len(blocks) > mostNamed {
				break
			}
			lo = end + 1
		}
	}
	if len(blocks) > mostNamed {
		blocks = append(blocks[:mostNamed], "...")
	}
	return strings.Join(blocks, " ")
}

// widest is the number of free bits of the widest block that begins at lo and ends at hi or before.
func (f family) widest(lo, hi uint64) int {
	size := 0
	for size < f.bits && lo&f.ones(size+1) == 0 && lo+f.ones(size+1) <= hi {
		size++
	}
	return size
}

// block writes the block that begins at lo and has so many free bits.
func (f family) block(lo uint64, free int) string {
	if f.bits == 32 {
		var a [4]byte
		binary.BigEndian.PutUint32(a[:], uint32(lo))
		return netip.PrefixFrom(netip.AddrFrom4(a), 32-free).String()
	}
	var a [16]byte
	binary.BigEndian.PutUint64(a[:8], lo)
	return netip.PrefixFrom(netip.AddrFrom16(a), 64-free).String()
}
