package packets

import (
	"net/netip"
	"strconv"
	"strings"
)

// numberTest takes numbers as values.
func numberTest(t *test, left nftValue, op string, right nftValue) bool {
	if left.kind == "and" {
		return maskTest(t, left, op, right)
	}
	values, ok := numbersFor(t, right)
	if !ok {
		return false
	}
	all := numbers(0, ^uint64(0))
	switch t.field {
	case sourceAddress, targetAddress:
		all = All(t.family)
	}
	t.values = values
	switch op {
	case "==", "", "in":
		return true
	case "!=":
		t.not = true
		return true
	}
	return ordered(t, op, all)
}

// ordered takes the numbers above or below the value.
func ordered(t *test, op string, all Set) bool {
	if t.values.size() != small(1) {
		return false
	}
	n, last := t.values.spans[0].lo, all.spans[0].hi
	below := Set{}
	if n != (number{}) {
		below = Set{[]span{{number{}, n.prev()}}}
	}
	above := Set{}
	if n != last {
		above = Set{[]span{{n.next(), last}}}
	}
	switch op {
	case "<":
		t.values = below
	case "<=":
		t.values = below.Union(t.values)
	case ">":
		t.values = above
	case ">=":
		t.values = above.Union(t.values)
	default:
		return false
	}
	return true
}

// maskTest compares the bits of a mark.
func maskTest(t *test, left nftValue, op string, right nftValue) bool {
	if t.field != mark || len(left.parts) != 2 || left.parts[1].kind != "number" || right.kind != "number" {
		return false
	}
	t.mask, t.not = left.parts[1].num, op == "!="
	t.values = numbers(right.num, right.num)
	return op == "==" || t.not
}

// numbersFor reads the values of a field.
func numbersFor(t *test, v nftValue) (Set, bool) {
	switch t.field {
	case sourceAddress, targetAddress:
		set, family, ok := addressNumbers(v)
		return set, ok && (family == t.family || set.Empty())
	case sourcePort, targetPort:
		return portNumbers(v)
	case protocol, nextHeader:
		return namedNumbers(v, func(s string) (uint64, bool) { n := protocolNumber(s); return uint64(n), n != 0 })
	case icmpType:
		return namedNumbers(v, func(s string) (uint64, bool) { return icmpNumber(s, t.family) })
	}
	return namedNumbers(v, func(string) (uint64, bool) { return 0, false })
}

// gather reads a value that may be a set or a list of values.
func gather(v nftValue, read func(nftValue) (Set, bool)) (Set, bool) {
	if v.kind != "set" && v.kind != "list" {
		return read(v)
	}
	var spans []span
	for _, p := range v.parts {
		one, ok := gather(p, read)
		if !ok {
			return Set{}, false
		}
		spans = append(spans, one.spans...)
	}
	return makeSet(spans), true
}

// addressNumbers reads addresses, blocks and ranges of them.
func addressNumbers(v nftValue) (Set, Family, bool) {
	var f Family
	set, ok := gather(v, func(v nftValue) (Set, bool) {
		one, family, ok := addressRange(v)
		if f == 0 {
			f = family
		}
		return one, ok && family == f
	})
	return set, f, ok
}

func addressRange(v nftValue) (Set, Family, bool) {
	switch {
	case v.kind == "prefix" && len(v.parts) == 1:
		a, err := netip.ParseAddr(v.parts[0].text)
		if err != nil || v.num > uint64(a.BitLen()) {
			return Set{}, 0, false
		}
		return SetOf(netip.PrefixFrom(a, int(v.num))), familyOf(a), true
	case v.kind == "range" && len(v.parts) == 2:
		lo, err1 := netip.ParseAddr(v.parts[0].text)
		hi, err2 := netip.ParseAddr(v.parts[1].text)
		if err1 != nil || err2 != nil || lo.Is4() != hi.Is4() || hi.Less(lo) {
			return Set{}, 0, false
		}
		return Set{[]span{{numberOf(lo), numberOf(hi)}}}, familyOf(lo), true
	}
	a, err := netip.ParseAddr(v.text)
	if err != nil || v.kind != "symbol" || a.Zone() != "" {
		return Set{}, 0, false
	}
	return Set{[]span{{numberOf(a), numberOf(a)}}}, familyOf(a), true
}

// portNumbers reads ports, ranges of them, and names of services.
func portNumbers(v nftValue) (Set, bool) { return namedNumbers(v, servicePort) }

// namedNumbers reads numbers, ranges of them, and names that stand for some.
func namedNumbers(v nftValue, named func(string) (uint64, bool)) (Set, bool) {
	return gather(v, func(v nftValue) (Set, bool) {
		if v.kind == "range" && len(v.parts) == 2 {
			lo, ok1 := plainNumber(v.parts[0], named)
			hi, ok2 := plainNumber(v.parts[1], named)
			return numbers(lo, hi), ok1 && ok2 && lo <= hi
		}
		n, ok := plainNumber(v, named)
		return numbers(n, n), ok
	})
}

func plainNumber(v nftValue, named func(string) (uint64, bool)) (uint64, bool) {
	switch v.kind {
	case "number":
		return v.num, true
	case "symbol":
		if n, err := strconv.ParseUint(v.text, 0, 32); err == nil && !strings.HasPrefix(v.text, "0") || err == nil && len(v.text) == 1 || err == nil && strings.HasPrefix(v.text, "0x") {
			return n, true
		}
		return named(v.text)
	}
	return 0, false
}

// flagTest compares TCP flags: all of them, those under a mask, or whether one of some is there.
func flagTest(left nftValue, op string, right nftValue) test {
	unknown := test{proto: tcp}
	if right.kind == "range" && len(right.parts) == 2 { // value / mask, as nft lists it
		return unknown
	}
	value, ok := flagBits(right)
	if !ok {
		return unknown
	}
	t := test{field: tcpFlags, proto: tcp, mask: 0xFF, values: numbers(value, value)}
	if left.kind == "and" {
		mask, ok := flagBits(left.parts[1])
		if !ok || len(left.parts) != 2 {
			return unknown
		}
		t.mask = mask
	}
	switch op {
	case "==":
		return t
	case "!=":
		t.not = true
	case "in", "":
		t.mask, t.values, t.not = value, numbers(0, 0), true
	case "!":
		t.mask, t.values = value, numbers(0, 0)
	default:
		return unknown
	}
	return t
}

// flagBits reads TCP flags.
func flagBits(v nftValue) (uint64, bool) {
	switch v.kind {
	case "number":
		return v.num, v.num < 256
	case "symbol":
		n, ok := map[string]uint64{"fin": flagFIN, "syn": flagSYN, "rst": flagRST, "psh": flagPSH, "ack": flagACK, "urg": flagURG, "ecn": flagECE, "cwr": flagCWR}[v.text]
		return n, ok
	case "list", "or":
		var all uint64
		for _, p := range v.parts {
			n, ok := flagBits(p)
			if !ok {
				return 0, false
			}
			all |= n
		}
		return all, true
	}
	return 0, false
}
