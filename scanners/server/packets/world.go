package packets

import (
	"net/netip"
	"strings"
)

// public are the addresses that are routed on the internet: https://www.iana.org/assignments/iana-ipv4-special-registry; IPv6 unicast
// is 2000::/3.
func public(f Family) Set {
	if f == IPv6 {
		return SetOf(netip.MustParsePrefix("2000::/3"))
	}
	return All(IPv4).Minus(notPublic4())
}

// notPublic4 are the IPv4 addresses that are not routed on the internet.
func notPublic4() Set {
	var blocks []netip.Prefix
	for _, b := range []string{"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "224.0.0.0/3"} {
		blocks = append(blocks, netip.MustParsePrefix(b))
	}
	return SetOf(blocks...)
}

// World says whether the addresses are more public ones than any one organisation holds, which is a /8 of IPv4 and a /16 of IPv6.
func (s Set) World(f Family) bool {
	free := 24
	if f == IPv6 {
		free = 112
	}
	return s.Intersect(public(f)).size().compare(ones(free).next()) > 0
}

// size counts the members; a set of all 128 bit numbers counts one too few.
func (s Set) size() number {
	var n number
	for _, r := range s.spans {
		n = n.plus(r.hi.minus(r.lo)).next()
	}
	if n == (number{}) && !s.Empty() {
		return ones(128)
	}
	return n
}

// mostNamed is how many blocks a set names before it is cut short.
const mostNamed = 8

// Text writes the set as the fewest blocks.
func (s Set) Text(f Family) string {
	var blocks []string
	for _, r := range s.spans {
		for lo := r.lo; len(blocks) <= mostNamed; {
			free := widest(lo, r.hi, f.bits())
			blocks = append(blocks, netip.PrefixFrom(lo.address(f), f.bits()-free).String())
			end := lo.plus(ones(free))
			if end.compare(r.hi) >= 0 {
				break
			}
			lo = end.next()
		}
	}
	if len(blocks) > mostNamed {
		blocks = append(blocks[:mostNamed], "...")
	}
	return strings.Join(blocks, " ")
}

// widest is the number of free bits of the widest block that begins at lo and ends at hi or before.
func widest(lo, hi number, most int) int {
	free := 0
	for free < most && lo.and(ones(free+1)) == (number{}) && lo.plus(ones(free+1)).compare(hi) <= 0 {
		free++
	}
	return free
}
