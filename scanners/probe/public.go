package probe

import (
	"net/netip"

	"github.com/tomscan/tomscan/evidence"
)

// nowhere is the region of what an address does not tell.
func nowhere() evidence.Value[string] {
	return evidence.Unresolved[string](evidence.Because("location_not_observable"))
}

// notPublic are the blocks that look like addresses of the internet and are none, beside those that netip knows, sorted:
// https://www.iana.org/assignments/iana-ipv4-special-registry and https://www.iana.org/assignments/iana-ipv6-special-registry
func notPublic() []string {
	return []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
		"100::/64", "2001:db8::/32", "2001:2::/48", "3fff::/20", "5f00::/16", "64:ff9b:1::/48", "fec0::/10",
	}
}

// public says whether the address is one of the internet.
func (p *peer) public() evidence.Value[bool] {
	at := p.said("address", p.at, "")
	if !p.address.IsGlobalUnicast() || p.address.IsPrivate() {
		return evidence.Known(false).At(at)
	}
	for _, block := range notPublic() {
		if netip.MustParsePrefix(block).Contains(p.address) {
			return evidence.Known(false).At(at)
		}
	}
	return evidence.Known(true).At(at)
}
