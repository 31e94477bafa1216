package packets

import (
	"cmp"
	"slices"
)

// Open is what reaches a range of ports of a protocol. Other stands for the protocols that are named nowhere.
type Open struct {
	Family   Family
	Protocol int
	From, To int
	Reach
}

// Other is the protocol of a number that is given to experiments, for all that no rule names: https://www.rfc-editor.org/rfc/rfc3692
const Other = 253

// LastPort is the highest port.
const LastPort = 65535

// Ask is one of the questions: Ingress, WorldIngress or Egress of a filter.
type Ask func(family Family, protocol, port int) Reach

// Table asks for every port and protocol that rules tell apart. Ranges that are open alike are joined.
func (f *Filter) Table(family Family, ask Ask) []Open {
	var all []Open
	for _, protocol := range f.protocols(family) {
		if !hasPorts(protocol) {
			all = append(all, Open{family, protocol, 0, LastPort, ask(family, protocol, 0)})
			continue
		}
		first := len(all)
		cuts := f.cuts(protocol)
		for n, from := range cuts {
			to := LastPort
			if n+1 < len(cuts) {
				to = cuts[n+1] - 1
			}
			reach := ask(family, protocol, from)
			last := len(all) - 1
			if last >= first && all[last].Must.Equal(reach.Must) && all[last].May.Equal(reach.May) && slices.Equal(all[last].Undecided, reach.Undecided) {
				all[last].To = to
				continue
			}
			all = append(all, Open{family, protocol, from, to, reach})
		}
	}
	return all
}

// cuts are the ports at which a rule for a protocol begins to matter, or ends to.
func (f *Filter) cuts(protocol int) []int {
	cuts := []int{0}
	f.tests(func(t test) {
		if t.field == targetPort && (t.proto == 0 || t.proto == protocol) {
			cuts = append(cuts, edges(t.values)...)
		}
	})
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	return slices.DeleteFunc(cuts, func(c int) bool { return c > LastPort })
}

// protocols are those that rules name, the usual ones, and Other.
func (f *Filter) protocols(family Family) []int {
	ping := icmp
	if family == IPv6 {
		ping = icmpv6
	}
	all := []int{tcp, udp, ping, Other}
	f.tests(func(t test) {
		if t.field != protocol {
			return
		}
		for _, s := range t.values.spans {
			for _, end := range []number{s.lo, s.hi, s.hi.next()} {
				if end.hi == 0 && end.lo < Other && end.lo != icmp && end.lo != icmpv6 {
					all = append(all, int(end.lo))
				}
			}
		}
	})
	slices.SortFunc(all, cmp.Compare[int])
	return slices.Compact(all)
}
