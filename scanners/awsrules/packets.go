package awsrules

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// ProtocolName turns a protocol as AWS takes it, by name or number, into the name of the setting. It says false for any
// other text. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
func ProtocolName(name string) (string, bool) {
	name = strings.ToLower(name)
	switch name {
	case "-1", "all":
		return "all", true
	case "tcp", "6":
		return "tcp", true
	case "udp", "17":
		return "udp", true
	case "icmp", "1":
		return "icmp", true
	case "icmpv6", "58":
		return "icmpv6", true
	}
	_, err := strconv.ParseUint(name, 10, 8)
	return name, err == nil
}

// Ports returns the ports of a rule of a protocol, as ProtocolName gives it. A protocol without ports, and a range that
// begins with -1, mean all of them. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
func Ports(protocol string, first, last int) (from, to int) {
	if (protocol != "tcp" && protocol != "udp") || first < 0 || last < first {
		return 0, LastPort
	}
	return first, min(last, LastPort)
}

// TakesPart says whether the rule takes part in one of the exposures.
func (r PacketRule) TakesPart(exposures []evidence.Exposure) bool {
	return slices.ContainsFunc(exposures, func(e evidence.Exposure) bool {
		if (e.Protocol != r.Protocol && r.Protocol != "all") || r.From > e.To || e.From > r.To {
			return false
		}
		for _, b := range r.Blocks {
			if b.Addr().Is4() == (e.Family == "ipv4") && !IsPrivateBlock(b) {
				return true
			}
		}
		return false
	})
}

// IsPrivateBlock says whether a block lies within the ranges that are not routed on the internet:
// https://www.iana.org/assignments/iana-ipv4-special-registry and its IPv6 counterpart.
func IsPrivateBlock(b netip.Prefix) bool {
	for _, private := range []string{"10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fe80::/10"} {
		p := netip.MustParsePrefix(private)
		if p.Bits() <= b.Bits() && p.Contains(b.Addr()) {
			return true
		}
	}
	return false
}
