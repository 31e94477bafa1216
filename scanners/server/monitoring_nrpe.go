package server

import (
	"errors"
	"io/fs"
	"net/netip"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/nrpe"
)

// nrpeAgent reads NRPE.
func (h *host) nrpeAgent() {
	file := nrpe.MainFile
	all, _ := h.Processes()
	for _, p := range all {
		if words := strings.Fields(p.Args); p.Name == "nrpe" {
			if at := slices.Index(words, "-c"); at >= 0 && at+1 < len(words) {
				file = words[at+1]
			}
		}
	}
	config, err := nrpe.Load(h, file)
	if errors.Is(err, fs.ErrNotExist) && !h.has([]string{"nagios-nrpe-server", "nrpe"}, []string{"nrpe"}) {
		return
	}
	processes := []string{"nrpe"}
	a := evidence.MonitoringAgent{Active: h.anyRuns(processes, "nagios-nrpe-server.service", "nrpe.service", "nrpe.socket")}
	if err != nil || config.Refused != nil {
		if a.ArgumentsRefused = untold[bool](file, err); err == nil {
			a.ArgumentsRefused = evidence.Unresolved[bool](evidence.Because("host_not_understood", "what", file)).At(h.line(file, config.Refused.Line, ""))
		}
		a.Restricted = a.ArgumentsRefused
	} else {
		a.ArgumentsRefused, a.Restricted = h.nrpeArguments(config), h.nrpeRestricted(config)
	}
	h.add(thing{name: "nrpe", at: []evidence.Position{h.line(file, 0, "")}, files: config.Files, daemons: processes}, a)
}

// nrpeArguments says whether arguments are refused. With dont_blame_nrpe=1 it was decided when NRPE was built whether they are taken:
// Debian's does not take them. https://salsa.debian.org/nagios-team/nrpe/-/blob/master/debian/nagios-nrpe-server.NEWS
func (h *host) nrpeArguments(config nrpe.Config) evidence.Value[bool] {
	at := h.line(config.Arguments.File, config.Arguments.Line, "")
	installed, _ := h.software()
	switch {
	case len(config.Unread) > 0:
		return untold[bool](config.Unread[0].Path, config.Unread[0].Err)
	case config.Arguments.Line == 0:
		return evidence.Default(true, "https://github.com/NagiosEnterprises/nrpe/blob/master/SECURITY.md")
	case !config.Accepts():
		return evidence.Known(true).At(at)
	case installed["nrpe"]: // of EPEL, which is built to take them
		return evidence.Known(false).At(at)
	}
	return evidence.Unresolved[bool](evidence.Because("decided_when_built", "program", "nrpe")).At(at)
}

func (h *host) nrpeRestricted(config nrpe.Config) evidence.Value[bool] {
	if a, err := netip.ParseAddr(config.Address.Value); err == nil && a.IsLoopback() {
		return evidence.Known(true).At(h.line(config.Address.File, config.Address.Line, ""))
	}
	var entries []string
	at := h.line(nrpe.MainFile, 0, "")
	odd := false
	for _, s := range config.AllowedHosts {
		at = h.line(s.File, s.Line, "")
		if p, err := netip.ParsePrefix(s.Value); err == nil && p.Bits() == 0 && p.Addr().Is4() {
			odd = true // NRPE shifts by 32 bits, which C leaves open: Debian's then lets in 0.0.0.0 alone, not everyone
			continue
		}
		entries = append(entries, s.Value)
	}
	listed := evidence.Known(askers(entries)).At(at)
	if only, _ := listed.Get(); odd && (only || len(entries) == 0) || config.Limited && len(entries) == 0 {
		listed = evidence.Unresolved[bool](evidence.Because("host_not_understood", "what", "allowed_hosts")).At(at)
	}
	if only, _ := listed.Get(); (only || !config.Limited) && len(config.Unread) > 0 {
		listed = untold[bool](config.Unread[0].Path, config.Unread[0].Err)
	}
	if only, known := listed.Get(); known && !only && h.wrapped() {
		listed = evidence.Unresolved[bool](evidence.Because("host_not_understood", "what", hostsDeny)).At(at)
	}
	return h.restricted(listed, config.Port)
}

// hostsDeny says whom TCP wrappers refuse: NRPE asks them too. https://manpages.debian.org/bookworm/tcpd/hosts_access.5.en.html
const hostsDeny = "/etc/hosts.deny"

// wrapped says whether there may be such rules.
func (h *host) wrapped() bool {
	data, err := h.Read(hostsDeny)
	if err != nil {
		return !errors.Is(err, fs.ErrNotExist)
	}
	return slices.ContainsFunc(strings.Split(string(data), "\n"), func(line string) bool {
		line = strings.TrimSpace(line)
		return line != "" && line[0] != '#'
	})
}
