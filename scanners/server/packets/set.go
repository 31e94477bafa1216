package packets

import (
	"net/netip"
	"slices"
)

// Family is IPv4 or IPv6.
type Family int

// The families.
const (
	IPv4 Family = 4
	IPv6 Family = 6
)

// String returns ipv4 or ipv6.
func (f Family) String() string {
	if f == IPv4 {
		return "ipv4"
	}
	return "ipv6"
}

// bits is how long an address is.
func (f Family) bits() int {
	if f == IPv4 {
		return 32
	}
	return 128
}

// familyOf is the family of an address.
func familyOf(a netip.Addr) Family {
	if a.Is4() {
		return IPv4
	}
	return IPv6
}

// span is a range of numbers, both ends included.
type span struct{ lo, hi number }

// Set is a set of addresses of one family, or of ports or protocols. The zero Set is empty. Its ranges are sorted, do not overlap and
// do not touch. Sets do not change.
type Set struct{ spans []span }

// All is the set of all addresses of a family.
func All(f Family) Set { return Set{[]span{{number{}, ones(f.bits())}}} }

// SetOf is the set of the addresses of the blocks. All blocks must be of one family.
func SetOf(blocks ...netip.Prefix) Set {
	spans := make([]span, 0, len(blocks))
	for _, b := range blocks {
		spans = append(spans, blockSpan(b))
	}
	return makeSet(spans)
}

// blockSpan is the range of a block.
func blockSpan(b netip.Prefix) span {
	lo := numberOf(b.Masked().Addr())
	return span{lo, lo.or(ones(b.Addr().BitLen() - b.Bits()))}
}

// numbers is the set of the numbers lo to hi.
func numbers(lo, hi uint64) Set {
	if lo > hi {
		return Set{}
	}
	return Set{[]span{{small(lo), small(hi)}}}
}

// makeSet sorts the ranges and joins those that touch. It takes over the slice.
func makeSet(spans []span) Set {
	slices.SortFunc(spans, func(a, b span) int { return a.lo.compare(b.lo) })
	joined := spans[:0]
	for _, s := range spans {
		if s.lo.compare(s.hi) > 0 {
			continue
		}
		joined = join(joined, s)
	}
	return Set{joined}
}

// join adds a range that begins where the last one does or later.
func join(spans []span, s span) []span {
	last := len(spans) - 1
	if last < 0 || !touch(spans[last], s) {
		return append(spans, s)
	}
	if spans[last].hi.compare(s.hi) < 0 {
		spans[last].hi = s.hi
	}
	return spans
}

// touch says whether b, that begins at a's beginning or later, continues a.
func touch(a, b span) bool {
	return b.lo.compare(a.hi) <= 0 || b.lo == a.hi.next() && a.hi != ones(128)
}

// Empty says whether nothing is in the set.
func (s Set) Empty() bool { return len(s.spans) == 0 }

// Equal says whether the sets have the same members.
func (s Set) Equal(t Set) bool {
	if len(s.spans) == len(t.spans) && len(s.spans) > 0 && &s.spans[0] == &t.spans[0] {
		return true
	}
	return slices.Equal(s.spans, t.spans)
}

// Union is what is in one of the sets.
func (s Set) Union(t Set) Set {
	switch {
	case t.Empty():
		return s
	case s.Empty():
		return t
	}
	a, b := s.spans, t.spans
	joined := make([]span, 0, len(a)+len(b))
	for len(a) > 0 || len(b) > 0 {
		if len(a) == 0 || len(b) > 0 && b[0].lo.compare(a[0].lo) < 0 {
			a, b = b, a
		}
		joined = join(joined, a[0])
		a = a[1:]
	}
	return Set{joined}
}

// Intersect is what is in both sets.
func (s Set) Intersect(t Set) Set {
	if len(t.spans) < len(s.spans) {
		s, t = t, s
	}
	var both []span
	for _, a := range s.spans {
		for _, b := range t.spans[after(t.spans, a.lo):] {
			if b.lo.compare(a.hi) > 0 {
				break
			}
			if c := cut(a, b); c.lo.compare(c.hi) <= 0 {
				both = append(both, c)
			}
		}
	}
	return Set{both}
}

// cut is what two ranges share; its low end is above its high end when that is nothing.
func cut(a, b span) span {
	if b.lo.compare(a.lo) > 0 {
		a.lo = b.lo
	}
	if b.hi.compare(a.hi) < 0 {
		a.hi = b.hi
	}
	return a
}

// Minus is what is in s and not in t.
func (s Set) Minus(t Set) Set {
	if s.Intersect(t).Empty() {
		return s
	}
	left := make([]span, 0, len(s.spans)+1)
	rest := s.spans
	for len(rest) > 0 {
		first := after(t.spans, rest[0].lo)
		if t.spans = t.spans[first:]; len(t.spans) == 0 {
			return Set{append(left, rest...)}
		}
		untouched := after(rest, t.spans[0].lo)
		left = append(left, rest[:untouched]...)
		if rest = rest[untouched:]; len(rest) > 0 {
			left = append(left, without(rest[0], t)...)
			rest = rest[1:]
		}
	}
	return Set{left}
}

// after is the place of the first range that does not end before a number.
func after(spans []span, n number) int {
	if len(spans) > 0 && spans[0].hi.compare(n) >= 0 {
		return 0
	}
	first, _ := slices.BinarySearchFunc(spans, n, func(b span, n number) int { return b.hi.compare(n) })
	return first
}

// without is what is left of a range.
func without(a span, t Set) []span {
	var left []span
	for _, b := range t.spans[after(t.spans, a.lo):] {
		if b.lo.compare(a.hi) > 0 {
			break
		}
		if b.lo.compare(a.lo) > 0 {
			left = append(left, span{a.lo, b.lo.prev()})
		}
		if b.hi.compare(a.hi) >= 0 {
			return left
		}
		a.lo = b.hi.next()
	}
	return append(left, a)
}

// Within says whether all of s is in t.
func (s Set) Within(t Set) bool { return s.Intersect(t).Equal(s) }

// Contains says whether an address is in the set.
func (s Set) Contains(a netip.Addr) bool { return s.has(numberOf(a)) }

func (s Set) has(n number) bool {
	_, found := slices.BinarySearchFunc(s.spans, n, func(b span, n number) int {
		switch {
		case b.hi.compare(n) < 0:
			return -1
		case b.lo.compare(n) > 0:
			return 1
		}
		return 0
	})
	return found
}
