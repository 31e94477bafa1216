package server

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/packets"
	"github.com/tomscan/tomscan/scanners/server/sshd"
)

// undecided is the reason that rules give for not knowing who gets through.
func undecided(at []packets.Where) evidence.Reason {
	if len(at) == 0 {
		return evidence.Because("host_not_understood", "what", "the rules of the packet filter")
	}
	rule := at[0].Text
	switch {
	case at[0].File != "" && at[0].Line > 0:
		rule = fmt.Sprintf("%s:%d: %s", at[0].File, at[0].Line, rule)
	case at[0].File != "":
		rule = at[0].File + ": " + rule
	}
	return evidence.Because("packet_rule_undecided", "rule", capture.Excerpt(rule, excerptLimit))
}

// count is the number of rules.
func (f packetFilter) count() evidence.Value[int] {
	if f.Filter == nil {
		return untold[int](f.of, f.err)
	}
	return evidence.Known(f.Rules.Rules)
}

// asking is one of a filter's questions.
type asking func(f *packets.Filter, family packets.Family, protocol, port int) packets.Reach

// exposures lists what is open to the world, with the rules that leave open whether more is.
func (f packetFilter) exposures(h *host, ask asking) evidence.Value[[]evidence.Exposure] {
	if f.Filter == nil {
		return untold[[]evidence.Exposure](f.of, f.err)
	}
	open := []evidence.Exposure{}
	var more []evidence.Reason
	for _, family := range []packets.Family{packets.IPv4, packets.IPv6} {
		table := f.Table(family, func(family packets.Family, protocol, port int) packets.Reach {
			return ask(f.Filter, family, protocol, port)
		})
		open = append(open, familyExposures(family, table)...)
		for _, o := range table {
			if o.May.World(family) && !o.Must.World(family) {
				more = append(more, undecided(o.Undecided))
			}
		}
	}
	if !h.Live && h.startsDocker() { // what containers publish, only a running host shows
		more = append(more, evidence.Because("host_not_collected", "what", "docker ps"))
	}
	slices.SortFunc(more, func(a, b evidence.Reason) int { return cmp.Compare(a.Code+a.Args["rule"], b.Code+b.Args["rule"]) })
	more = slices.CompactFunc(more, func(a, b evidence.Reason) bool { return a.Code == b.Code && a.Args["rule"] == b.Args["rule"] })
	return evidence.Known(open).Incomplete(more...)
}

// familyExposures are the exposures of one family. All protocols are one where nothing tells them apart.
func familyExposures(family packets.Family, table []packets.Open) []evidence.Exposure {
	everything := len(table) > 0 && !slices.ContainsFunc(table, func(o packets.Open) bool { return !o.Must.Equal(table[0].Must) })
	if everything && table[0].Must.World(family) {
		return []evidence.Exposure{{Family: family.String(), Protocol: "all", To: packets.LastPort, Source: table[0].Must.Text(family)}}
	}
	var open []evidence.Exposure
	for _, o := range table {
		if !o.Must.World(family) {
			continue
		}
		e := evidence.Exposure{Family: family.String(), Protocol: protocolName(o.Protocol), From: o.From, To: o.To, Source: o.Must.Text(family)}
		if last := len(open) - 1; last >= 0 && open[last].Protocol == e.Protocol && open[last].To == e.From-1 && open[last].Source == e.Source {
			open[last].To = e.To
			continue
		}
		open = append(open, e)
	}
	return open
}

// protocolName is the name that an exposure has for a protocol.
func protocolName(n int) string {
	switch n {
	case 1:
		return "icmp"
	case 6:
		return "tcp"
	case 17:
		return "udp"
	case 58:
		return "icmpv6"
	case packets.Other:
		return "other"
	}
	return strconv.Itoa(n)
}

// tcpNumber is the number of TCP.
const tcpNumber = 6

// denies says whether new connections of the world to a port that no rule names are dropped.
func (f packetFilter) denies(family packets.Family) evidence.Value[bool] {
	if f.Filter == nil {
		return untold[bool](f.of, f.err)
	}
	open := world(family, f.WorldIngress(family, tcpNumber, f.Unnamed()))
	if got, ok := open.Get(); ok {
		return evidence.Known(!got)
	}
	return open
}

// world says whether the world is among those that get through.
func world(family packets.Family, r packets.Reach) evidence.Value[bool] {
	switch {
	case r.Must.World(family):
		return evidence.Known(true)
	case !r.May.World(family):
		return evidence.Known(false)
	}
	return evidence.Unresolved[bool](undecided(r.Undecided))
}

// reachable says whether the whole world reaches a port of the host through its packet filter, by IPv4 or IPv6. Whether anything listens
// there is not asked. The protocol is tcp or udp.
func (h *host) reachable(protocol string, port int) evidence.Value[bool] {
	f := h.packetFilter()
	if f.Filter == nil {
		return untold[bool](f.of, f.err).At(f.at)
	}
	number := map[string]int{"tcp": tcpNumber, "udp": 17}[protocol]
	reached := evidence.Known(false)
	for _, family := range []packets.Family{packets.IPv4, packets.IPv6} {
		one := world(family, f.WorldIngress(family, number, port))
		if got, ok := one.Get(); !ok || got {
			reached = one
		}
		if got, ok := one.Get(); ok && got {
			break
		}
	}
	return reached.At(f.at)
}

// adminSources says who reaches the ports of the SSH daemon through the filter: nobody where there is none.
func (h *host) adminSources(f packetFilter) evidence.Value[string] {
	if f.Filter == nil {
		return untold[string](f.of, f.err)
	}
	ports, err := h.sshPorts()
	if err != nil {
		return untold[string]("/etc/ssh/sshd_config", err)
	}
	answer := "none"
	var open *evidence.Reason
	for _, port := range ports {
		for _, family := range []packets.Family{packets.IPv4, packets.IPv6} {
			r := f.WorldIngress(family, tcpNumber, port)
			switch {
			case r.Must.World(family):
				return evidence.Known("any")
			case r.May.World(family):
				why := undecided(r.Undecided)
				open = &why
			case !r.May.Empty():
				answer = "listed"
			}
		}
	}
	if open != nil {
		return evidence.Unresolved[string](*open)
	}
	return evidence.Known(answer)
}

// sshPorts are the ports of the SSH daemon: those on which it listens for others than the host itself, and otherwise those of its
// configuration, 22 by default. https://man.openbsd.org/sshd_config#Port
func (h *host) sshPorts() ([]int, error) {
	if ports := h.listening("sshd"); len(ports) > 0 {
		return ports, nil
	}
	config, err := sshd.Load(h, sshd.Options{})
	if err != nil {
		return nil, capture.UnlessAbsent(err)
	}
	settings, err := config.For(sshd.Context{})
	if err != nil {
		return nil, err
	}
	var ports []int
	for _, value := range settings["port"].Values {
		if n, err := strconv.Atoi(value); err == nil {
			ports = append(ports, n)
		}
	}
	if len(ports) == 0 {
		ports = []int{22}
	}
	return ports, nil
}

// listening are the TCP ports on which a program listens for others than the host itself, as `ss -H -lntup` says it:
// https://man7.org/linux/man-pages/man8/ss.8.html
func (h *host) listening(program string) []int {
	out, err := h.Output("ss")
	if err != nil {
		return nil
	}
	var ports []int
	for line := range strings.Lines(string(out)) {
		f := strings.Fields(line)
		if len(f) < 6 || f[0] != "tcp" || !strings.Contains(line, `(("`+program+`",`) {
			continue
		}
		end := strings.LastIndex(f[4], ":")
		port, err := strconv.Atoi(f[4][end+1:])
		if err != nil || end < 0 {
			continue
		}
		address, err := netip.ParseAddr(strings.Trim(f[4][:end], "[]*"))
		if err == nil && address.IsLoopback() {
			continue
		}
		ports = append(ports, port)
	}
	slices.Sort(ports)
	return slices.Compact(ports)
}
