package packets

import "slices"

// Same says whether two filters let the same packets in; known says whether that is decided. Which of them a program sends elsewhere, as
// Docker does, is left out, and so is what bans addresses for a while: programs that are started with the host do both themselves.
func Same(a, b *Filter) (same, known bool) {
	a, b = a.lasting(), b.lasting()
	cuts := slices.Concat(a.cuts(), b.cuts())
	slices.Sort(cuts)
	same, known = true, true
	for _, family := range []Family{IPv4, IPv6} {
		for _, protocol := range []int{tcp, udp} {
			for _, port := range slices.Compact(slices.Clone(cuts)) {
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
	best, fewest, widest := 0, -1, 0
	cuts := f.cuts()
	for n, from := range cuts {
		to := LastPort
		if n+1 < len(cuts) {
			to = cuts[n+1] - 1
		}
		named := 0
		f.tests(func(t test) {
			if t.field == targetPort && t.values.has(small(uint64(to))) {
				named++
			}
		})
		if fewest < 0 || named < fewest || named == fewest && to-from > widest {
			best, fewest, widest = to, named, to-from
		}
	}
	return best
}
