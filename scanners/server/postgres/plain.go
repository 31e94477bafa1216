package postgres

import (
	"net/netip"
	"slices"
)

// Ways are the ways over a network into a cluster that somebody who promised encryption, or proof of identity, should know.
type Ways struct {
	Plain []Rule // let in somebody of another host without TLS
	Weak  []Rule // let in somebody of another host without a password, or with one that is sent in clear text or as MD5
	Open  bool   // an address is a host name, or a file could not be read: there may be more
}

// weakMethods ask for nothing, or for what others can read or guess.
// https://www.postgresql.org/docs/current/auth-methods.html
var weakMethods = []string{"crypt", "ident", "md5", "password", "trust"}

// Ways follows the rules for connections of other hosts. Of the rules that match a connection the first alone counts: a rule counts for
// nothing where earlier ones refuse all that it would let in. TLS says whether the cluster offers it: without it hostssl never matches.
func (h *HBA) Ways(tls bool) Ways {
	w := Ways{Open: h.Unread != nil}
	var refusedPlain, refusedTLS []netip.Prefix
	for _, r := range h.Rules {
		plain := r.Type == "host" || r.Type == "hostnossl" || r.Type == "hostnogssenc"
		encrypted := tls && (r.Type == "host" || r.Type == "hostssl" || r.Type == "hostnogssenc") || r.Type == "hostgssenc"
		if !plain && !encrypted || r.Address == "samehost" {
			continue
		}
		networks := r.networks()
		if r.Method == "reject" {
			if r.everybody() && r.Type != "hostnogssenc" && r.Type != "hostgssenc" {
				if plain {
					refusedPlain = append(refusedPlain, networks...)
				}
				if encrypted {
					refusedTLS = append(refusedTLS, networks...)
				}
			}
			continue
		}
		letsPlain := plain && remains(networks, refusedPlain)
		letsAny := letsPlain || encrypted && remains(networks, refusedTLS)
		if letsPlain {
			w.Plain = append(w.Plain, r)
		}
		if letsAny && slices.Contains(weakMethods, r.Method) {
			w.Weak = append(w.Weak, r)
		}
	}
	return w
}

// everybody says whether a rule is for all databases and all users.
func (r Rule) everybody() bool {
	return slices.Contains(r.Databases, "all") && slices.Contains(r.Users, "all")
}

var world = []netip.Prefix{netip.MustParsePrefix("0.0.0.0/0"), netip.MustParsePrefix("::/0")}

// networks are the addresses of a rule that may be another host's. What is written as a name, or as samenet, may be any for what it lets
// in, and none for what it refuses.
func (r Rule) networks() []netip.Prefix {
	switch {
	case r.Address == "all":
		return world
	case r.Network.IsValid() && r.Network.Addr().IsLoopback() && r.Network.Bits() >= loopbackBits(r.Network.Addr()):
		return nil
	case r.Network.IsValid():
		return []netip.Prefix{r.Network}
	case r.Method == "reject":
		return nil
	}
	return world
}

// loopbackBits is the length of the network that a loopback address lies in.
func loopbackBits(a netip.Addr) int {
	if a.Is4() {
		return 8
	}
	return 128
}

// remains says whether an address of the networks lies in none of those that were refused.
func remains(networks, refused []netip.Prefix) bool {
	for _, n := range networks {
		if left(n, refused) {
			return true
		}
	}
	return false
}

// left says whether an address of a network lies in none of the refused ones: it halves the network until a half is refused as a whole, or
// is touched by none.
func left(n netip.Prefix, refused []netip.Prefix) bool {
	touched := false
	for _, r := range refused {
		if r.Bits() <= n.Bits() && r.Contains(n.Addr()) && r.Addr().Is4() == n.Addr().Is4() {
			return false
		}
		touched = touched || n.Overlaps(r)
	}
	if !touched {
		return true
	}
	low, high := halves(n)
	return left(low, refused) || left(high, refused)
}

// halves splits a network.
func halves(n netip.Prefix) (low, high netip.Prefix) {
	bits := n.Bits() + 1
	bytes := n.Addr().AsSlice()
	bytes[(bits-1)/8] |= 1 << (7 - (bits-1)%8)
	upper, _ := netip.AddrFromSlice(bytes)
	return netip.PrefixFrom(n.Addr(), bits), netip.PrefixFrom(upper, bits)
}
