package sshd

import (
	"net/netip"
	"strconv"
	"strings"

	"github.com/tomscan/tomscan/scanners/server/capture"
)

// listed matches a text with a list of patterns: 1 for a match, -1 for a pattern with ! that matches, 0 for none.
func listed(s, patterns string) int {
	found := 0
	for rest := patterns; rest != ""; {
		var one string
		one, rest, _ = strings.Cut(rest, ",")
		negated := strings.HasPrefix(one, "!")
		one = strings.TrimPrefix(one, "!")
		if len(one) >= 1023 { // the daemon's buffer
			return 0
		}
		if capture.Like(one, s) {
			if negated {
				return -1
			}
			found = 1
		}
	}
	return found
}

// network reads one entry of a list of addresses. inconsistent is an address with bits outside its mask, or a mask that is too long.
func network(entry string) (prefix netip.Prefix, ok, inconsistent bool) {
	if len(entry) >= 64 {
		return netip.Prefix{}, false, false
	}
	text, mask, masked := strings.Cut(entry, "/")
	bits := -1
	if masked {
		n, err := strconv.ParseUint(mask, 10, 16)
		if err != nil || n > 128 {
			return netip.Prefix{}, false, false
		}
		bits = int(n)
	}
	address, err := netip.ParseAddr(text)
	if err != nil {
		return netip.Prefix{}, false, false
	}
	if !masked {
		bits = address.BitLen()
	}
	if bits > address.BitLen() {
		return netip.Prefix{}, false, true
	}
	prefix = netip.PrefixFrom(address, bits)
	if bits < address.BitLen() && prefix.Masked().Addr() != address || bits == 0 && !address.IsUnspecified() {
		return netip.Prefix{}, false, true
	}
	return prefix, true, false
}

// fromList matches an address with a list of networks and patterns: 1, 0, -1 as listed, -2 for a list that the daemon refuses.
// An empty address only checks the list.
func fromList(address, list string) int {
	parsed, err := netip.ParseAddr(address)
	if address != "" && err != nil {
		return 0
	}
	found := 0
	for _, entry := range strings.Split(list, ",") {
		negated := strings.HasPrefix(entry, "!")
		entry = strings.TrimPrefix(entry, "!")
		prefix, ok, inconsistent := network(entry)
		if entry == "" || inconsistent {
			return -2
		}
		hit := address != "" && (ok && prefix.Contains(parsed) || !ok && capture.Like(entry, address))
		if hit && negated {
			return -1
		}
		if hit {
			found = 1
		}
	}
	return found
}

// userPattern says whether a pattern of AllowUsers and DenyUsers is one that the daemon takes.
func userPattern(pattern string) bool {
	_, from, ok := strings.Cut(pattern, "@")
	return pattern != "" && (!ok || fromList("", from) != -2)
}

// MatchesUser says whether an entry of AllowUsers or DenyUsers names this login.
func MatchesUser(entry, user, host, address string) bool {
	name, from, ok := strings.Cut(entry, "@")
	if !capture.Like(name, user) {
		return false
	}
	if !ok {
		return true
	}
	byAddress := fromList(address, from)
	if byAddress < 0 {
		return false
	}
	byName := listed(strings.ToLower(host), strings.ToLower(from))
	return byName >= 0 && (byName > 0 || byAddress > 0)
}
