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

// refusedLimit is how many networks that are refused are followed: each splits the networks after it.
const refusedLimit = 64

// Ways follows the rules for connections of other hosts. Of the rules that match a connection the first alone counts: a rule counts for
// nothing where earlier ones refuse all that it would let in. TLS says whether the cluster offers it: without it hostssl never matches.
func (h *HBA) Ways(tls bool) Ways {
	w := Ways{Open: len(h.Unread) > 0}
	var ordinary, replication refusals
	for _, r := range h.Rules {
		plain := r.Type == "host" || r.Type == "hostnossl" || r.Type == "hostnogssenc"
		encrypted := tls && (r.Type == "host" || r.Type == "hostssl" || r.Type == "hostnogssenc") || r.Type == "hostgssenc"
		if !plain && !encrypted || r.Address == "samehost" {
			continue
		}
		replicates := slices.Contains(r.Databases, "replication")
		if r.Method == "reject" {
			if slices.Contains(r.Databases, "all") {
				ordinary.add(r, plain, encrypted)
			}
			if replicates {
				replication.add(r, plain, encrypted)
			}
			continue
		}
		letsPlain, letsTLS := false, false
		if !replicates || len(r.Databases) > 1 {
			letsPlain, letsTLS = ordinary.leave(r, plain, encrypted)
		}
		if replicates {
			p, t := replication.leave(r, plain, encrypted)
			letsPlain, letsTLS = letsPlain || p, letsTLS || t
		}
		if letsPlain {
			w.Plain = append(w.Plain, r)
		}
		if (letsPlain || letsTLS) && slices.Contains(weakMethods, r.Method) && !r.demandsCertificate() {
			w.Weak = append(w.Weak, r)
		}
		if ordinary.many() || replication.many() {
			return Ways{Open: true}
		}
	}
	return w
}

// demandsCertificate says whether whoever comes in by a rule proves it with a certificate, whatever the method asks for.
// https://www.postgresql.org/docs/current/auth-cert.html
func (r Rule) demandsCertificate() bool {
	return r.Type == "hostssl" && slices.Contains(r.Options, "clientcert=verify-full")
}

// refusals are the networks from which everybody is refused: to ordinary databases, or to a standby, which `all` does not match.
// https://www.postgresql.org/docs/current/auth-pg-hba-conf.html
type refusals struct{ plain, tls []netip.Prefix }

// add adds a rule that refuses.
func (f *refusals) add(r Rule, plain, encrypted bool) {
	if !slices.Contains(r.Users, "all") || r.Type == "hostnogssenc" || r.Type == "hostgssenc" {
		return
	}
	if plain {
		f.plain = append(f.plain, r.networks()...)
	}
	if encrypted {
		f.tls = append(f.tls, r.networks()...)
	}
}

// leave says whether a rule still lets somebody in, in plain text and with TLS.
func (f *refusals) leave(r Rule, plain, encrypted bool) (letsPlain, letsTLS bool) {
	return plain && remains(r.networks(), f.plain), encrypted && remains(r.networks(), f.tls)
}

// many says whether there are more than are followed.
func (f *refusals) many() bool { return len(f.plain)+len(f.tls) > refusedLimit }

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
