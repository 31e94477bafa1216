package server

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/packets"
)

// firewalls reads the packet filter of a host: what the world reaches through it, what is reached in the world, and who may administer it.
func firewalls() reader {
	return reader{name: "firewall", kinds: []evidence.Kind{"firewall", "host_firewall"}, read: readFirewall}
}

func readFirewall(h *host) {
	f := h.packetFilter()
	at := []evidence.Position{f.at}
	level := evidence.LevelDesign
	if h.Live {
		level = evidence.LevelImplementation
	}
	h.add(thing{name: "firewall/rules", at: at, level: level}, evidence.Firewall{
		Region:      evidence.Unresolved[string](evidence.Because("location_not_observable")),
		OpenIngress: f.exposures(h, (*packets.Filter).WorldIngress).At(f.at),
		OpenEgress:  f.exposures(h, (*packets.Filter).Egress).At(f.at),
		IsDefault:   evidence.Known(false).At(f.at),
		RuleCount:   f.count().At(f.at),
	})
	h.add(thing{name: "firewall", at: at, level: level}, evidence.HostFirewall{
		DefaultDenyIPv4: f.denies(packets.IPv4).At(f.at),
		DefaultDenyIPv6: f.denies(packets.IPv6).At(f.at),
		AdminSources:    h.adminSources(f).At(f.at),
		AtBoot:          h.atBoot(f),
	})
}

// packetFilter is the filter of a host, or why it is not known.
type packetFilter struct {
	*packets.Filter
	at  evidence.Position
	err error
	of  string // what could not be read

	besides string // of the filter at the start: a unit that may load rules that were not read
}

// packetFilter reads the filter that is in force, or of a host that does not run, the one that it would start with.
func (h *host) packetFilter() packetFilter {
	type filterKey struct{}
	return shared(h, filterKey{}, func() packetFilter {
		if h.Live {
			return h.liveFilter()
		}
		f := h.bootFilter()
		if f.besides != "" { // which no running host corrects
			return packetFilter{err: packets.ErrNotRead, of: f.besides, at: f.at}
		}
		return f
	})
}

// liveFilter reads what the kernel filters by.
func (h *host) liveFilter() packetFilter {
	f := packetFilter{at: h.said("nft-json")}
	told, of, err := h.toldRules()
	if f.of = of; err != nil {
		f.err = err
		return f
	}
	rules, err := packets.Live(told)
	if err != nil {
		f.err = err
		return f
	}
	f.Filter = &packets.Filter{Rules: rules, Network: h.network()}
	return f
}

// network reads the devices, routes, rules of routing and forwarding of a host. What was not told is not known.
func (h *host) network() packets.Network {
	var n packets.Network
	if out, err := h.Output("ip-addr"); err == nil {
		if devices, err := packets.ReadDevices(out); err == nil {
			n.Devices = devices
		}
	}
	var err error
	n.Routes, err = h.routes("ip-route", packets.IPv4)
	n.Routed = err == nil
	if six, err := h.routes("ip-route6", packets.IPv6); err == nil {
		n.Routes = append(n.Routes, six...)
	}
	n.Routing = map[packets.Family]packets.Routing{}
	for f, six := range map[packets.Family]string{packets.IPv4: "", packets.IPv6: "6"} {
		if r, err := h.routing(six, f); err == nil {
			n.Routing[f] = r
		}
	}
	n.Forwards = h.forwards()
	return n
}

// routing reads the rules of routing and the routes of all tables.
func (h *host) routing(six string, f packets.Family) (packets.Routing, error) {
	out, err := h.Output("ip-rule" + six)
	if err != nil {
		return packets.Routing{}, err
	}
	policies, err := packets.ReadPolicies(out)
	if err != nil {
		return packets.Routing{}, err
	}
	routes, err := h.routes("ip-route"+six+"-all", f)
	return packets.Routing{Policies: policies, Routes: routes}, err
}

func (h *host) routes(command string, f packets.Family) ([]packets.Route, error) {
	out, err := h.Output(command)
	if err != nil {
		return nil, err
	}
	return packets.ReadRoutes(out, f)
}
