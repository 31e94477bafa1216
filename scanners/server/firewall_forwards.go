package server

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/capture"
	"github.com/tomscan/tomscan/scanners/server/packets"
	"github.com/tomscan/tomscan/scanners/server/sysctl"
	"github.com/tomscan/tomscan/scanners/server/systemd"
)

// forwards says for which families the host forwards packets now: https://docs.kernel.org/networking/ip-sysctl.html
func (h *host) forwards() map[packets.Family]bool {
	on := map[packets.Family]bool{}
	out, err := h.Output("sysctl")
	if err != nil {
		return on
	}
	for line := range strings.Lines(string(out)) {
		key, value, _ := strings.Cut(line, "=")
		key = strings.TrimSpace(key)
		yes := strings.TrimSpace(value) != "0"
		switch {
		case key == "net.ipv4.ip_forward", strings.HasPrefix(key, "net.ipv4.conf.") && strings.HasSuffix(key, ".forwarding"):
			on[packets.IPv4] = on[packets.IPv4] || yes // each device may forward for itself
		case key == "net.ipv6.conf.all.forwarding", strings.HasPrefix(key, "net.ipv6.conf.") && strings.HasSuffix(key, ".force_forwarding"):
			on[packets.IPv6] = on[packets.IPv6] || yes
		}
	}
	return on
}

// opensAtBoot are the lines that turn on forwarding for the next start, where it is off now and the rules that are in force let more in
// with it: to another host behind this one. The error says that these lines may not have been read.
func (h *host) opensAtBoot(f packetFilter) ([]evidence.Position, error) {
	forwards, lines, unread := h.forwardsAtBoot(f.Network.Forwards)
	if len(lines) == 0 && unread == nil {
		return nil, nil
	}
	later := f
	later.Filter = &packets.Filter{Rules: f.Rules, Network: f.Network}
	later.Network.Forwards = forwards
	now, _ := f.exposures(h, (*packets.Filter).WorldIngress).Get()
	if then, known := later.exposures(h, (*packets.Filter).WorldIngress).Get(); !known || slices.Equal(now, then) {
		return nil, nil
	}
	return lines, unread
}

// forwardsAtBoot says for which families the host forwards after its next start: where it does now, for what turned it on may do so
// again, whatever a file says that is applied before, and where a file turns it on: at these lines, where it does not now. Where not all
// files are known the error says so, and each family may forward.
func (h *host) forwardsAtBoot(now map[packets.Family]bool) (on map[packets.Family]bool, at []evidence.Position, unread error) {
	on = maps.Clone(now)
	c, err := h.sysctlAtBoot()
	if err != nil {
		for family := range on {
			on[family] = true
		}
		return on, nil, err
	}
	four, six := c.Forwarding()
	for _, s := range []struct {
		family packets.Family
		said   sysctl.Forwarding
	}{{packets.IPv4, four}, {packets.IPv6, six}} {
		if forwards, known := now[s.family]; known && !forwards && s.said.On {
			on[s.family] = true
			at = append(at, h.line(s.said.By.File, s.said.By.Line, s.said.By.Text))
		}
	}
	return on, at, nil
}

// sysctlAtBoot are the settings of the kernel that files make at the start: none where nobody applies them.
func (h *host) sysctlAtBoot() (sysctl.Config, error) {
	services := systemd.Of(h.Capture)
	unit, err := services.Enabled("systemd-sysctl.service")
	if err != nil || !unit.Starts {
		return sysctl.Config{}, capture.UnlessAbsent(err)
	}
	c := sysctl.Load(h)
	if ufw, err := services.Enabled("ufw.service"); err == nil && ufw.Starts {
		c.Add(h, "/etc/ufw/sysctl.conf") // https://manpages.debian.org/bookworm/ufw/ufw-framework.8.en.html
	}
	return c, errors.Join(c.Unread...)
}
