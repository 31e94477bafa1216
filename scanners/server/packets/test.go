package packets

import (
	"slices"
	"strings"
)

// field is what a test looks at.
type field int

// The fields. What is not understood is other.
const (
	other field = iota
	sourceAddress
	targetAddress
	sourcePort
	targetPort
	protocol
	nextHeader // the protocol, where no extension header comes first
	family
	inDevice
	outDevice
	state    // of the connection
	natState // whether the connection was sent elsewhere: dnat, snat
	tcpFlags
	icmpType
	sourceType // what the routing table says of an address: local, unicast, multicast, broadcast
	targetType
	frameType // host, broadcast, multicast, otherhost
	backRoute // whether the source is reached through the device: missing or exists
	mark
	original // direction of the packet in its connection
	abnormal // something that an ordinary packet has not: fragments, options, a route header
	crowd    // more packets, connections or bytes than some limit
	history  // an earlier packet of the same client
	always
)

// test is one condition of a rule.
type test struct {
	field  field
	not    bool
	family Family // the test holds for packets of this family only; 0 for both
	values Set    // addresses, ports, protocols, types, marks
	names  []string
	mask   uint64 // of tcp flags and marks; values holds one number
	proto  int    // the test holds for packets of this protocol only; 0 for all
	shaky  bool   // the values change while the host runs
	any    [][]test
	total  bool // of alternatives: who has not their fields is in none of them, and the negation holds
}

// extent are the addresses for which a test holds surely and possibly.
type extent struct{ sure, possible Set }

// extentOf says for which addresses a test holds.
func (p *packet) extentOf(t test) extent {
	if t.any != nil {
		return p.alternatives(t)
	}
	if !p.applies(t) {
		return extent{}
	}
	e := p.look(t)
	if t.not {
		e = p.negation(e)
	}
	if t.shaky && !p.ordinary {
		e.sure, e.possible = Set{}, p.all
	}
	return e
}

// negation is where a test does not hold.
func (p *packet) negation(e extent) extent {
	return extent{p.all.Minus(e.possible), p.all.Minus(e.sure)}
}

// alternatives is where one of the alternatives holds; each is a list of tests that hold together.
func (p *packet) alternatives(t test) extent {
	var e extent
	var sure, possible []span
	var index *portIndex
	if p.plan != nil && len(t.any) > 0 {
		index = p.any[&t.any[0]]
	}
	index.of(p, len(t.any), func(i int) int {
		one := p.together(t.any[i])
		sure, possible = append(sure, one.sure.spans...), append(possible, one.possible.spans...)
		return i + 1
	})
	e.sure, e.possible = makeSet(sure), makeSet(possible)
	if t.not {
		e = p.negation(e)
		if !t.total && !p.applicable(t) {
			return extent{}
		}
	}
	if t.shaky && !p.ordinary && p.applicable(t) {
		e = extent{possible: p.all}
	}
	return e
}

// applicable says whether the fields of the alternatives are there in the packet at all; all alternatives have the same.
func (p *packet) applicable(t test) bool {
	return len(t.any) == 0 || !slices.ContainsFunc(t.any[0], func(one test) bool { return !p.applies(one) })
}

// together is where all tests hold.
func (p *packet) together(tests []test) extent {
	if slices.ContainsFunc(tests, p.elsewhere) {
		return extent{}
	}
	e := extent{p.all, p.all}
	for _, t := range tests {
		one := p.extentOf(t)
		e.sure, e.possible = e.sure.Intersect(one.sure), e.possible.Intersect(one.possible)
		if e.possible.Empty() {
			break
		}
	}
	return e
}

// elsewhere says whether a test is for other ports or protocols alone. It is asked first, for it is cheap and most rules are.
func (p *packet) elsewhere(t test) bool {
	if t.not || t.shaky || t.any != nil || !p.applies(t) {
		return false
	}
	switch t.field {
	case targetPort:
		return hasPorts(p.protocol) && !t.values.has(small(uint64(p.port)))
	case protocol:
		return !t.values.has(small(uint64(p.protocol)))
	}
	return false
}

// applies says whether the packet has the field; a test of what is not there never holds, not even its negation.
func (p *packet) applies(t test) bool {
	if t.proto != 0 && t.proto != p.protocol || t.family != 0 && t.family != p.family {
		return false
	}
	switch t.field {
	case sourcePort, targetPort:
		return t.proto == 0 || hasPorts(p.protocol)
	case tcpFlags:
		return p.protocol == tcp
	case original, natState:
		return !p.early
	}
	return true
}

func (p *packet) yes() extent   { return extent{p.all, p.all} }
func (p *packet) maybe() extent { return extent{possible: p.all} }

// when is yes or no.
func (p *packet) when(holds bool) extent {
	if holds {
		return p.yes()
	}
	return extent{}
}

// usually is what holds for ordinary packets, and may be otherwise for others.
func (p *packet) usually(holds bool) extent {
	if p.ordinary {
		return p.when(holds)
	}
	return p.maybe()
}

// named says whether one of the names is among the test's; names may end in a star.
func (t test) named(name string) bool {
	for _, n := range t.names {
		if n == name {
			return true
		}
		if stem, ok := strings.CutSuffix(n, "*"); ok && strings.HasPrefix(name, stem) {
			return true
		}
	}
	return false
}
