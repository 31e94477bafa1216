package server

import (
	"errors"
	"io/fs"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/zabbix"
)

// zabbixAgents reads the two agents of Zabbix.
func (h *host) zabbixAgents() {
	for _, z := range []struct {
		name, file string
		packages   []string
		process    string
	}{
		{"zabbix-agent", "/etc/zabbix/zabbix_agentd.conf", []string{"zabbix-agent"}, "zabbix_agentd"},
		{"zabbix-agent2", "/etc/zabbix/zabbix_agent2.conf", []string{"zabbix-agent2"}, "zabbix_agent2"},
	} {
		config, err := zabbix.Load(h, z.file)
		if errors.Is(err, fs.ErrNotExist) && !h.has(z.packages, []string{z.process}) {
			continue
		}
		a := evidence.MonitoringAgent{Active: h.anyRuns([]string{z.process}, z.name+".service")}
		if err != nil {
			a.ArgumentsRefused = untold[bool](z.file, err)
			a.Restricted = a.ArgumentsRefused
		} else {
			a.ArgumentsRefused, a.Restricted = h.zabbixArguments(config, z.file), h.zabbixRestricted(config, z.file)
		}
		h.add(thing{name: z.name, at: []evidence.Position{h.line(z.file, 0, "")}, files: config.Files, daemons: []string{z.process}}, a)
	}
}

// zabbixArguments says whether nobody can make the agent run what he likes, or pass arguments to what it runs.
func (h *host) zabbixArguments(config zabbix.Config, file string) evidence.Value[bool] {
	if s, ok := config.Runs(); ok {
		return evidence.Known(false).At(h.line(s.File, s.Line, ""))
	}
	return lost(evidence.Known(true).At(h.line(file, 0, "")), config.Unread)
}

// zabbixRestricted says whether the agent answers only those whom Server names, or nobody.
func (h *host) zabbixRestricted(config zabbix.Config, file string) evidence.Value[bool] {
	if len(config.Unread) > 0 {
		return untold[bool](config.Unread[0].Path, config.Unread[0].Err)
	}
	if s, _ := config.Last("StartAgents"); s.Value == "0" {
		return evidence.Known(true).At(h.line(s.File, s.Line, ""))
	}
	if s, ok := config.Last("ListenIP"); ok && loopbacks(s.Value) {
		return evidence.Known(true).At(h.line(s.File, s.Line, ""))
	}
	server, ok := config.Last("Server")
	if !ok || server.Value == "" {
		return evidence.Unresolved[bool](evidence.Because("host_not_understood", "what", file)) // the older agent does not start so
	}
	port := 10050
	if s, ok := config.Last("ListenPort"); ok {
		if n, err := strconv.Atoi(s.Value); err == nil {
			port = n
		}
	}
	return h.restricted(evidence.Known(askers(strings.Split(server.Value, ","))).At(h.line(server.File, server.Line, "")), port)
}
