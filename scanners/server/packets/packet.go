package packets

// The protocols that rules treat in a way of their own: https://www.iana.org/assignments/protocol-numbers.
const (
	icmp    = 1
	tcp     = 6
	udp     = 17
	dccp    = 33
	icmpv6  = 58
	sctp    = 132
	udplite = 136
)

// hasPorts says whether a protocol has ports where TCP has them.
func hasPorts(protocol int) bool {
	switch protocol {
	case tcp, udp, dccp, sctp, udplite:
		return true
	}
	return false
}

// packet is a packet that opens a connection; one of its addresses is left open, and is what is looked for: the source of a packet
// that comes in, the target of one that goes out.
type packet struct {
	*plan
	family   Family
	protocol int
	port     int // that it is sent to
	in, out  string
	own      *number // the address of the host that it has; nil where it is not known

	outgoing  bool
	ordinary  bool // of a lone client that does nothing unusual; otherwise any packet
	sent      bool // it was sent elsewhere by a translation
	forwarded bool // it does not end at the host
	untracked bool // it may be taken out of connection tracking
	marked    bool // it may carry a mark
	early     bool // connections are not looked up yet
	midway    bool // or perhaps they are

	all Set // all addresses of the family
}

// echo is the type of an echo request. Nothing else of ICMP is judged.
// https://www.rfc-editor.org/rfc/rfc792 and https://www.rfc-editor.org/rfc/rfc4443#section-4.1
func (p *packet) echo() uint64 {
	if p.protocol == icmpv6 {
		return 128
	}
	return 8
}
