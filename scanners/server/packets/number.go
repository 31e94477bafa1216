package packets

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"net/netip"
)

// number is an address, a port or a protocol: 128 bits without sign.
type number struct{ hi, lo uint64 }

// small is a number that fits into 64 bits.
func small(n uint64) number { return number{0, n} }

// numberOf is an address as a number. An IPv4 address takes the low 32 bits.
func numberOf(a netip.Addr) number {
	if a.Is4() {
		b := a.As4()
		return small(uint64(binary.BigEndian.Uint32(b[:])))
	}
	b := a.As16()
	return number{binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:])}
}

// address is the number as an address of the family.
func (n number) address(f Family) netip.Addr {
	if f == IPv4 {
		var b [4]byte
		binary.BigEndian.PutUint32(b[:], uint32(n.lo))
		return netip.AddrFrom4(b)
	}
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], n.hi)
	binary.BigEndian.PutUint64(b[8:], n.lo)
	return netip.AddrFrom16(b)
}

func (n number) compare(m number) int {
	return cmp.Or(cmp.Compare(n.hi, m.hi), cmp.Compare(n.lo, m.lo))
}

func (n number) plus(m number) number {
	lo, carry := bits.Add64(n.lo, m.lo, 0)
	hi, _ := bits.Add64(n.hi, m.hi, carry)
	return number{hi, lo}
}

func (n number) minus(m number) number {
	lo, borrow := bits.Sub64(n.lo, m.lo, 0)
	hi, _ := bits.Sub64(n.hi, m.hi, borrow)
	return number{hi, lo}
}

func (n number) next() number { return n.plus(small(1)) }
func (n number) prev() number { return n.minus(small(1)) }

func (n number) and(m number) number { return number{n.hi & m.hi, n.lo & m.lo} }
func (n number) or(m number) number  { return number{n.hi | m.hi, n.lo | m.lo} }

// ones is a number of so many ones at its low end.
func ones(count int) number {
	switch {
	case count <= 0:
		return number{}
	case count < 64:
		return small(1<<count - 1)
	case count == 64:
		return small(^uint64(0))
	case count < 128:
		return number{1<<(count-64) - 1, ^uint64(0)}
	}
	return number{^uint64(0), ^uint64(0)}
}
