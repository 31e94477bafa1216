package packets

import "slices"

// Same says whether two filters let the same packets in; known says whether that is decided. Which of them a program sends elsewhere, as
// Docker does, is left out, and so is what bans addresses for a while: programs that are started with the host do both themselves.
func Same(a, b *Filter) (same, known bool) {
	a, b = a.lasting(), b.lasting()
	same, known = true, true
	for _, family := range []Family{IPv4, IPv6} {
		for _, protocol := range []int{tcp, udp} {
			cuts := slices.Concat(a.cuts(protocol), b.cuts(protocol))
			slices.Sort(cuts)
			for _, port := range slices.Compact(cuts) {
				x, y := a.Ingress(family, protocol, port), b.Ingress(family, protocol, port)
				if !x.Must.Within(y.May) || !y.Must.Within(x.May) {
					return false, true
				}
				if !x.Must.Equal(y.Must) || !x.May.Equal(y.May) {
					same, known = false, false
				}
			}
		}
	}
	return same, known
}

// Unnamed is a TCP port that no rule names, or as few as may be, where all are named by some range.
func (f *Filter) Unnamed() int {
	cuts := f.cuts(tcp)
	names := make([]int, len(cuts)+1) // how many more rules name a port than the one before
	f.tests(func(t test) {
		if t.field != targetPort || t.proto != 0 && t.proto != tcp {
			return
		}
		for n, at := range edges(t.values) {
			place, _ := slices.BinarySearch(cuts, at)
			names[place] += 1 - 2*(n%2)
		}
	})
	best, least, widest, named := 0, -1, 0, 0
	for n, from := range cuts {
		to := LastPort
		if n+1 < len(cuts) {
			to = cuts[n+1] - 1
		}
		if named += names[n]; least < 0 || named < least || named == least && to-from > widest {
			best, least, widest = to, named, to-from
		}
	}
	return best
}
