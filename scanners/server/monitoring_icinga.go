package server

import (
	"errors"
	"io/fs"
	"regexp"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
)

// Files of Icinga 2. https://icinga.com/docs/icinga-2/latest/doc/06-distributed-monitoring/
const (
	icingaMain = "/etc/icinga2/icinga2.conf"
	icingaAPI  = "/etc/icinga2/features-enabled/api.conf"
)

// icingaAgent reads Icinga 2, which takes commands and configuration from other nodes only where it is told to. Certificates decide
// which nodes these are, so that addresses are restricted by the packet filter alone.
func (h *host) icingaAgent() {
	processes := []string{"icinga2"}
	if !h.has([]string{"icinga2", "icinga2-bin"}, processes) {
		return
	}
	a := evidence.MonitoringAgent{Active: h.anyRuns(processes, "icinga2.service")}
	text, err := h.Read(icingaAPI)
	files := []string{icingaMain, icingaAPI}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		a.ArgumentsRefused, files = h.icingaWithoutAPI(), files[:1]
		a.Restricted = a.ArgumentsRefused
	case err != nil:
		a.ArgumentsRefused = untold[bool](icingaAPI, err)
		a.Restricted = a.ArgumentsRefused
	default:
		a.ArgumentsRefused = h.icingaRefuses(string(text))
		const port = 5665 // https://icinga.com/docs/icinga-2/latest/doc/09-object-types/#apilistener
		byCertificate := evidence.Unresolved[bool](evidence.Because("host_not_understood", "what", icingaAPI)).At(h.line(icingaAPI, 0, ""))
		if a.Restricted = byCertificate; !strings.Contains(string(text), "bind_port") {
			a.Restricted = h.restricted(byCertificate, port)
		}
	}
	h.add(thing{name: "icinga2", at: []evidence.Position{h.line(icingaMain, 0, "")}, files: files, daemons: processes}, a)
}

// blockComments are /* */, over lines.
var blockComments = regexp.MustCompile(`(?s)/\*.*?\*/`)

// icingaRefuses says whether commands and configuration of other nodes are refused. Anything but a plain true or false is not followed.
func (h *host) icingaRefuses(text string) evidence.Value[bool] {
	answer := evidence.Default(true, "https://icinga.com/docs/icinga-2/latest/doc/09-object-types/#apilistener")
	text = blockComments.ReplaceAllStringFunc(text, func(comment string) string { return strings.Repeat("\n", strings.Count(comment, "\n")) })
	for n, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "//")
		line, _, _ = strings.Cut(line, "#")
		if !strings.Contains(line, "accept_commands") && !strings.Contains(line, "accept_config") {
			continue
		}
		at := h.line(icingaAPI, n+1, line)
		_, value, _ := strings.Cut(line, "=")
		switch strings.TrimSpace(value) {
		case "true":
			return evidence.Known(false).At(at)
		case "false":
			answer = evidence.Known(true).At(at)
		default:
			return evidence.Unresolved[bool](evidence.Because("host_not_understood", "what", icingaAPI)).At(at)
		}
	}
	return answer
}

// icingaWithoutAPI says that nobody can ask, unless another file declares a listener.
func (h *host) icingaWithoutAPI() evidence.Value[bool] {
	for _, pattern := range []string{"/etc/icinga2/*.conf", "/etc/icinga2/conf.d/*.conf", "/etc/icinga2/features-enabled/*.conf"} {
		names, err := capture.Glob(h, pattern)
		if err != nil {
			return untold[bool](pattern, err)
		}
		for _, name := range names {
			text, err := h.Read(name)
			if err != nil {
				return untold[bool](name, err)
			}
			if strings.Contains(string(text), "ApiListener") {
				return evidence.Unresolved[bool](evidence.Because("host_not_understood", "what", name)).At(h.line(name, 0, ""))
			}
		}
	}
	return evidence.Known(true).At(h.line(icingaMain, 0, ""))
}
