package packets

import (
	"strconv"
	"strings"
)

// matchOption reads an option of a match: https://man7.org/linux/man-pages/man8/iptables-extensions.8.html
func (p *tablesRule) matchOption(name string) {
	switch name {
	case "--dport", "--destination-port", "--dports", "--destination-ports":
		p.ports(targetPort, p.next())
	case "--sport", "--source-port", "--sports", "--source-ports":
		p.ports(sourcePort, p.next())
	case "--ports":
		p.eitherPort(p.next())
	case "--syn":
		p.test(test{field: tcpFlags, proto: tcp, mask: flagSYN | flagACK | flagRST | flagFIN, values: numbers(flagSYN, flagSYN)})
	case "--tcp-flags":
		p.flags(p.next(), p.next())
	case "--state", "--ctstate":
		v := p.next()
		p.test(test{field: state, names: strings.Split(strings.ToLower(v), ",")})
	case "--ctstatus":
		v := p.next()
		p.status(strings.Split(v, ","))
	case "--ctdir":
		v := p.next()
		p.test(test{field: original, names: []string{strings.ToLower(v)}})
	case "--ctorigsrc":
		p.addresses(sourceAddress, p.next())
	case "--ctproto":
		p.protocol(p.next())
	case "--icmp-type", "--icmpv6-type":
		p.icmp(p.next())
	case "--src-range":
		p.addresses(sourceAddress, p.next())
	case "--dst-range":
		p.addresses(targetAddress, p.next())
	case "--match-set":
		name, directions := p.next(), p.next()
		p.member(name, directions)
	case "--comment":
		p.words = p.words[min(1, len(p.words)):] // whatever it says, even an exclamation mark
	case "--mark":
		p.markValue(p.next())
	case "--pkt-type":
		v := p.next()
		p.test(test{field: frameType, names: []string{strings.ToLower(v)}})
	default:
		p.kindOption(name)
	}
}

// kindOption reads options about kinds of addresses, and about what came before.
func (p *tablesRule) kindOption(name string) {
	switch name {
	case "--src-type":
		v := p.next()
		p.test(test{field: sourceType, names: strings.Split(strings.ToLower(v), ",")})
	case "--dst-type":
		v := p.next()
		p.test(test{field: targetType, names: strings.Split(strings.ToLower(v), ",")})
	case "--limit-iface-in", "--limit-iface-out":
		p.tests = append(p.tests, test{})
	case "--limit", "--limit-burst", "--hashlimit-burst", "--hashlimit-mode", "--hashlimit-name", "--hashlimit-srcmask", "--hashlimit-dstmask", "--hashlimit-htable-size",
		"--hashlimit-htable-max", "--hashlimit-htable-expire", "--hashlimit-htable-gcinterval", "--connlimit-mask", "--seconds", "--hitcount", "--name", "--mask":
		p.next()
	case "--rsource", "--rdest", "--rttl", "--reap", "--connlimit-saddr", "--connlimit-daddr", "--hashlimit-rate-match":
	case "--hashlimit", "--hashlimit-upto", "--connlimit-upto":
		p.next()
		p.test(test{field: crowd, not: true})
	case "--hashlimit-above", "--connlimit-above":
		p.next()
		p.test(test{field: crowd})
	case "--set":
		if p.module == "set" { // the old name of --match-set
			name, directions := p.next(), p.next()
			p.member(name, directions)
			return
		}
		p.test(test{field: always})
	case "--rcheck", "--update", "--remove":
		p.test(test{field: history})
	default:
		p.doubt()
	}
}

// member is the test of a set. A packet without what the set holds is not in it.
func (p *tablesRule) member(name, directions string) {
	t := p.sets.test(name, strings.Split(directions, ","), 0)
	if p.not {
		t = test{any: [][]test{{t}}, total: true}
	}
	p.test(t)
}

// ports is the test of a list of ports and ranges.
func (p *tablesRule) ports(f field, v string) {
	t := test{field: f, proto: p.proto}
	for part := range strings.SplitSeq(v, ",") {
		one, ok := tablesPorts(part)
		if !ok {
			p.tests = append(p.tests, test{proto: p.proto})
			return
		}
		t.values = t.values.Union(one)
	}
	p.test(t)
}

// eitherPort is the test of ports of which one side has one.
func (p *tablesRule) eitherPort(v string) {
	from := len(p.tests)
	not := p.not
	p.not = false
	p.ports(sourcePort, v)
	p.ports(targetPort, v)
	either := test{any: [][]test{{p.tests[from]}, {p.tests[from+1]}}, not: not}
	p.tests = append(p.tests[:from], either)
}

// tablesPorts reads a port, a range with a colon of which either end may be left out, or the name of a service.
func tablesPorts(v string) (Set, bool) {
	lo, hi, isRange := strings.Cut(v, ":")
	from, ok1 := tablesPort(lo, 0, isRange)
	to, ok2 := from, ok1
	if isRange {
		to, ok2 = tablesPort(hi, LastPort, true)
	}
	return numbers(from, to), ok1 && ok2 && from <= to
}

func tablesPort(v string, end uint64, open bool) (uint64, bool) {
	if v == "" && open {
		return end, true
	}
	if n, err := strconv.ParseUint(v, 10, 16); err == nil {
		return n, true
	}
	return servicePort(v)
}

// flags is the test of TCP flags: those that are looked at, and those of them that are set.
func (p *tablesRule) flags(mask, set string) {
	m, ok1 := tablesFlags(mask)
	s, ok2 := tablesFlags(set)
	if !ok1 || !ok2 {
		p.tests = append(p.tests, test{proto: tcp})
		return
	}
	p.test(test{field: tcpFlags, proto: tcp, mask: m, values: numbers(s, s)})
}

func tablesFlags(v string) (uint64, bool) {
	if n, err := strconv.ParseUint(v, 0, 8); err == nil {
		return n, true
	}
	switch v {
	case "NONE":
		return 0, true
	case "ALL":
		return flagFIN | flagSYN | flagRST | flagPSH | flagACK | flagURG, true
	}
	var all uint64
	for name := range strings.SplitSeq(strings.ToLower(v), ",") {
		n, ok := flagBits(symbol(name))
		if !ok {
			return 0, false
		}
		all |= n
	}
	return all, true
}

// status is the test of what is known of the connection. Only translations are told for a new one.
func (p *tablesRule) status(names []string) {
	for i, n := range names {
		names[i] = strings.ToLower(n)
		if names[i] == "none" || names[i] == "expected" {
			p.tests = append(p.tests, test{})
			return
		}
	}
	p.test(test{field: natState, names: names})
}

// icmp is the test of a type: a number, a number with a code, or a name.
func (p *tablesRule) icmp(v string) {
	t := test{field: icmpType, proto: icmp, family: p.fam()}
	if p.fam() == IPv6 {
		t.proto = icmpv6
	}
	if v == "any" || v == "255" && p.fam() == IPv4 {
		t.field = always
		p.test(t)
		return
	}
	kind, _, _ := strings.Cut(v, "/")
	n, err := strconv.ParseUint(kind, 10, 8)
	if err != nil {
		named, ok := icmpNumber(kind, p.fam())
		if !ok {
			p.tests = append(p.tests, test{proto: t.proto})
			return
		}
		n = named
	}
	t.values = numbers(n, n)
	p.test(t)
}

// markValue is the test of a mark, perhaps of some of its bits.
func (p *tablesRule) markValue(v string) {
	value, mask, masked := strings.Cut(v, "/")
	n, err1 := strconv.ParseUint(value, 0, 32)
	t := test{field: mark, values: numbers(n, n)}
	var err2 error
	if masked {
		t.mask, err2 = strconv.ParseUint(mask, 0, 32)
	}
	if err1 != nil || err2 != nil {
		t = test{}
	}
	p.test(t)
}
