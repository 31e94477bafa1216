package packets

import "slices"

// look says where a test holds, its negation left out.
func (p *packet) look(t test) extent {
	switch t.field {
	case always:
		return p.yes()
	case sourceAddress:
		return p.addresses(t, p.outgoing)
	case targetAddress:
		return p.addresses(t, !p.outgoing)
	case sourcePort:
		return p.sourcePort(t)
	case targetPort:
		if !hasPorts(p.protocol) { // the bytes where others have ports
			return p.maybe()
		}
		return p.when(t.values.has(small(uint64(p.port))))
	case protocol:
		return p.when(t.values.has(small(uint64(p.protocol))))
	case nextHeader:
		if t.values.has(small(uint64(p.protocol))) {
			return p.usually(true)
		}
		return p.usually(false)
	case family:
		return p.when(t.values.has(small(uint64(p.family))))
	case inDevice:
		return p.device(t, p.in)
	case outDevice:
		return p.device(t, p.out)
	case state:
		return p.state(t)
	case tcpFlags:
		return p.flags(t)
	case icmpType:
		return p.when(t.values.has(small(p.echo())))
	}
	return p.circumstances(t)
}

// circumstances is look for what is not in the packet's header.
func (p *packet) circumstances(t test) extent {
	switch t.field {
	case natState:
		if p.midway {
			return p.maybe()
		}
		return p.when(p.sent && t.named("dnat"))
	case original:
		if p.midway {
			return p.maybe()
		}
		return p.when(t.named("original"))
	case frameType:
		return p.when(t.named("host") || t.named("unicast"))
	case targetType:
		return p.targetType(t)
	case sourceType:
		return p.sourceType(t)
	case backRoute:
		return p.usually(t.named("exists"))
	case mark:
		return p.markOf(t)
	case abnormal, crowd, history:
		return p.usually(false)
	}
	return p.maybe()
}

// addresses compares the address whose values are looked for, or the other one, which is the host's own.
func (p *packet) addresses(t test, own bool) extent {
	switch {
	case !own:
		return extent{t.values, t.values}
	case p.own != nil:
		return p.when(t.values.has(*p.own))
	case All(p.family).Within(t.values):
		return p.yes()
	case t.values.Intersect(p.unicast()).Empty():
		return extent{}
	}
	return p.maybe()
}

// unicast are the addresses that the host itself may have on a network.
func (p *packet) unicast() Set {
	if p.family == IPv4 {
		return numbers(0, 0xDFFFFFFF).Minus(numbers(0x7F000000, 0x7FFFFFFF))
	}
	return All(IPv6).Minus(Set{[]span{{number{0xFF << 56, 0}, ones(128)}}}).Minus(numbers(0, 1))
}

// sourcePort compares the port that the client chose. Ordinary clients take one of a range that all systems' ranges lie in:
// https://www.rfc-editor.org/rfc/rfc6056#section-2.1 and ip_local_port_range of https://docs.kernel.org/networking/ip-sysctl.html.
func (p *packet) sourcePort(t test) extent {
	taken := numbers(0, 65535)
	if p.ordinary {
		taken = numbers(1024, 65535)
	}
	switch {
	case !hasPorts(p.protocol):
		return p.maybe()
	case taken.Within(t.values):
		return p.yes()
	case taken.Intersect(t.values).Empty():
		return extent{}
	}
	return p.maybe()
}

// device compares the device through which the packet comes or goes.
func (p *packet) device(t test, name string) extent {
	switch {
	case t.named("*") || name != "" && t.named(name):
		return p.yes()
	case name != "" && !t.named("?"):
		return extent{}
	case !t.named("?") && !slices.ContainsFunc(t.names, func(n string) bool { return n != "lo" }):
		return extent{} // packets of the world do not come through the loopback device
	}
	return p.maybe()
}

// state compares the state of the connection, which is a new one.
func (p *packet) state(t test) extent {
	fresh, loose := t.named("new"), t.named("untracked")
	switch {
	case p.midway:
		return p.maybe()
	case p.early: // without a connection the state is invalid
		return p.when(t.named("invalid"))
	case p.sent && t.named("dnat"):
		return p.yes()
	case !p.untracked || fresh == loose:
		return p.when(fresh)
	}
	return p.maybe()
}

// The bits of the TCP header that decide whether a packet opens a connection: https://www.rfc-editor.org/rfc/rfc9293#section-3.1.
const (
	flagFIN = 1 << iota
	flagSYN
	flagRST
	flagPSH
	flagACK
	flagURG
	flagECE
	flagCWR
)

// flags compares those of a packet that opens a connection: SYN without ACK, RST and FIN. The others are free.
func (p *packet) flags(t test) extent {
	const settled = flagSYN | flagACK | flagRST | flagFIN
	want := t.values.spans[0].lo.lo & t.mask
	switch {
	case (flagSYN^want)&t.mask&settled != 0:
		return extent{}
	case t.mask&^settled == 0:
		return p.yes()
	case p.ordinary:
		return p.when(want == flagSYN&t.mask)
	}
	return p.maybe()
}

// targetType compares what the routing table says of the packet's target.
func (p *packet) targetType(t test) extent {
	switch {
	case t.named("?"):
		return p.maybe()
	case p.outgoing:
		return p.usually(t.named("unicast"))
	case p.forwarded:
		return p.when(t.named("unicast"))
	}
	return p.when(t.named("local"))
}

// sourceType compares what the routing table says of the packet's source.
func (p *packet) sourceType(t test) extent {
	if p.outgoing && !t.named("?") {
		return p.when(t.named("local"))
	}
	return p.usually(t.named("unicast"))
}

// markOf compares the packet's mark, which is 0 where no rule sets it.
func (p *packet) markOf(t test) extent {
	if p.marked || len(t.values.spans) == 0 {
		return p.maybe()
	}
	if t.mask != 0 {
		return p.usually(t.values.spans[0].lo.lo&t.mask == 0)
	}
	return p.usually(t.values.has(number{}))
}
