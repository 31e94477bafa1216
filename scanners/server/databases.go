package server

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/server/webtls"
)

// databaseServers reads the databases that a host itself runs.
func databaseServers() reader {
	return reader{name: "databases", kinds: []evidence.Kind{"database_server"}, read: func(h *host) {
		h.postgresServers()
		h.mysqlServer()
		h.redisServers()
	}}
}

// Where a database listens.
const (
	listensLocal   = "local"
	listensPrivate = "private"
	listensAny     = "any"
)

// listensOn is the widest of addresses that a server listens on: loopback, private, or any other. Host names and interfaces may be
// anything.
func listensOn(addresses []string) string {
	widest := listensLocal
	for _, text := range addresses {
		a, err := netip.ParseAddr(strings.Trim(text, "[]"))
		switch {
		case text == "localhost" || err == nil && a.Unmap().IsLoopback():
		case err == nil && (a.Unmap().IsPrivate() || a.IsLinkLocalUnicast()):
			if widest == listensLocal {
				widest = listensPrivate
			}
		default:
			return listensAny
		}
	}
	return widest
}

// publicly says whether the world can reach a port: it must listen on an address that the world may know, and the packet filter must
// let it through.
func (h *host) publicly(listens evidence.Value[string], port int) evidence.Value[bool] {
	where, known := listens.Get()
	switch {
	case !known:
		return evidence.Unresolved[bool](listens.Why())
	case where != listensAny:
		return evidence.Known(false).At(listens.Positions()...)
	}
	return h.reachable("tcp", port)
}

// negotiated is the lowest version that a server of these versions negotiates with the host's OpenSSL.
func (h *host) negotiated(enabled []webtls.Version, ciphers string) evidence.Value[int] {
	version, _ := h.Output("openssl")
	lowest, open := webtls.Library(string(version), h).Negotiable(enabled, ciphers)
	if open != "" {
		return evidence.Unresolved[int](evidence.Because("host_not_understood", "what", string(open)))
	}
	return evidence.Known(int(lowest))
}

// fromVersion are the versions from the lowest one on.
func fromVersion(lowest webtls.Version) []webtls.Version {
	all := []webtls.Version{webtls.TLS10, webtls.TLS11, webtls.TLS12, webtls.TLS13}
	return slices.DeleteFunc(all, func(v webtls.Version) bool { return v < lowest })
}
