package server

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// monitoringAgents reads which agents tell how a host is, and who may ask them.
func monitoringAgents() reader {
	return reader{name: "monitoring", kinds: []evidence.Kind{"monitoring_agent"}, read: func(h *host) {
		if _, err := h.software(); err != nil {
			h.hide(why("dpkg-query -W", err), "monitoring_agent")
		}
		h.nrpeAgent()
		h.zabbixAgents()
		h.nodeExporter()
		h.icingaAgent()
		h.otherAgents()
	}}
}

// otherAgents are those of which only is told whether they run: they send, or their configuration is not read.
func (h *host) otherAgents() {
	agents := []struct {
		name                string
		packages, processes []string
		units               []string
	}{
		{"alloy", []string{"alloy", "grafana-agent"}, []string{"alloy", "grafana-agent"}, []string{"alloy.service", "grafana-agent.service"}},
		{"check-mk-agent", []string{"check-mk-agent"}, []string{"cmk-agent-ctl"}, []string{"check-mk-agent.socket", "cmk-agent-ctl-daemon.service"}},
		{"cloudwatch-agent", []string{"amazon-cloudwatch-agent"}, []string{"amazon-cloudwatch-agent"}, []string{"amazon-cloudwatch-agent.service"}},
		{"collectd", []string{"collectd", "collectd-core"}, []string{"collectd"}, []string{"collectd.service"}},
		{"datadog-agent", []string{"datadog-agent"}, []string{"agent", "datadog-agent"}, []string{"datadog-agent.service"}},
		{"metricbeat", []string{"metricbeat"}, []string{"metricbeat"}, []string{"metricbeat.service"}},
		{"monit", []string{"monit"}, []string{"monit"}, []string{"monit.service"}},
		{"munin-node", []string{"munin-node"}, []string{"munin-node"}, []string{"munin-node.service"}},
		{"ncpa", []string{"ncpa"}, []string{"ncpa"}, []string{"ncpa.service"}},
		{"netdata", []string{"netdata", "netdata-core"}, []string{"netdata"}, []string{"netdata.service"}},
		{"newrelic-infra", []string{"newrelic-infra"}, []string{"newrelic-infra"}, []string{"newrelic-infra.service"}},
		{"otelcol", []string{"otelcol", "otelcol-contrib"}, []string{"otelcol", "otelcol-contrib"}, []string{"otelcol-contrib.service", "otelcol.service"}},
		{"sensu-agent", []string{"sensu-go-agent"}, []string{"sensu-agent"}, []string{"sensu-agent.service"}},
		{"snmpd", []string{"net-snmp", "snmpd"}, []string{"snmpd"}, []string{"snmpd.service"}},
		{"telegraf", []string{"telegraf"}, []string{"telegraf"}, []string{"telegraf.service"}},
	}
	for _, a := range agents {
		processes := a.processes
		if a.name == "datadog-agent" {
			processes = processes[1:] // any program may be called agent
		}
		if !h.has(a.packages, processes) {
			continue
		}
		unread := evidence.Unresolved[bool](evidence.Because("host_not_understood", "what", a.name))
		h.add(thing{name: a.name, level: h.saidLevel()}, evidence.MonitoringAgent{Active: h.anyRuns(a.processes, a.units...), ArgumentsRefused: unread, Restricted: unread})
	}
}

// askers says whether a list names those who may ask, rather than everyone.
func askers(entries []string) bool {
	return len(entries) > 0 && !slices.ContainsFunc(entries, func(entry string) bool {
		p, err := netip.ParsePrefix(strings.TrimSpace(entry))
		short := map[bool]int{true: 8, false: 16}
		return err == nil && p.Bits() < short[p.Addr().Is4()] // a list of so much of all addresses names nobody
	})
}

// restricted says whether only named addresses may ask on a port: by the agent's own list, its address, or the packet filter.
func (h *host) restricted(listed evidence.Value[bool], port int) evidence.Value[bool] {
	if only, known := listed.Get(); known && only {
		return listed
	}
	world := h.reachable("tcp", port)
	reached, known := world.Get()
	switch {
	case known && !reached:
		return evidence.Known(true).At(world.Positions()...)
	case known || listed.State() != evidence.StateKnown:
		return listed
	}
	return world
}

// loopbacks says whether all addresses of a list are the host's own.
func loopbacks(list string) bool {
	return !slices.ContainsFunc(strings.Split(list, ","), func(text string) bool {
		a, err := netip.ParseAddr(strings.TrimSpace(text))
		return err != nil || !a.IsLoopback()
	})
}
