package server

import (
	"errors"
	"io/fs"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/systemd"
)

// nodeExporter reads the exporter of Prometheus: it runs no commands, and answers all who reach its port.
// https://github.com/prometheus/exporter-toolkit/blob/master/docs/web-configuration.md
func (h *host) nodeExporter() {
	processes := []string{"node_exporter", "prometheus-node-exporter"}
	if !h.has([]string{"golang-prometheus-node-exporter", "node_exporter", "prometheus-node-exporter"}, processes) {
		return
	}
	names := []string{"prometheus-node-exporter.service", "node_exporter.service", "node-exporter.service"}
	a := evidence.MonitoringAgent{Active: h.anyRuns(processes, names...), ArgumentsRefused: evidence.Known(true)}
	t := thing{name: "node_exporter", daemons: processes}
	var unit systemd.Unit
	err := fs.ErrNotExist
	for n := 0; n < len(names) && errors.Is(err, fs.ErrNotExist); n++ {
		unit, err = systemd.Of(h.Capture).Unit(names[n])
	}
	var args []string
	if err == nil {
		t.files = unit.Files
		args, err = h.unitArguments(unit)
	}
	if err != nil {
		a.Restricted = untold[bool](names[0], err)
	} else {
		start, _ := unit.Last("Service", "ExecStart")
		a.Restricted = h.exporterRestricted(args, h.line(start.File, start.Line, ""))
	}
	h.add(t, a)
}

// exporterRestricted takes the addresses out of the arguments; the default is port 9100 of every address.
func (h *host) exporterRestricted(args []string, at evidence.Position) evidence.Value[bool] {
	var addresses []string
	for n, arg := range args {
		if value, ok := strings.CutPrefix(arg, "--web.listen-address"); ok {
			if value = strings.Trim(strings.TrimPrefix(value, "="), `"'`); value == "" && n+1 < len(args) {
				value = args[n+1]
			}
			addresses = append(addresses, value)
		}
	}
	if len(addresses) == 0 {
		addresses = []string{":9100"}
	}
	answer := evidence.Known(true).At(at)
	for _, address := range addresses {
		end := strings.LastIndexByte(address, ':')
		port, err := strconv.Atoi(address[end+1:])
		switch {
		case end < 0 || err != nil:
			return evidence.Unresolved[bool](evidence.Because("host_not_understood", "what", "--web.listen-address")).At(at)
		case loopbacks(strings.Trim(address[:end], "[]")) || address[:end] == "localhost":
			continue
		}
		one := h.restricted(evidence.Known(false).At(at), port)
		if only, known := one.Get(); !known || !only {
			answer = one
		}
	}
	return answer
}
