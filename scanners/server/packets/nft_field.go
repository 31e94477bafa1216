package packets

import "strings"

// fibName names a question to the routing table.
func fibName(result string, flags []string) string {
	return result + " " + strings.Join(flags, " ")
}

// fieldTest is the test of a field, without the values that it is compared with.
// https://man7.org/linux/man-pages/man8/nft.8.html#PRIMARY_EXPRESSIONS
func fieldTest(v nftValue) test {
	if v.kind == "and" && len(v.parts) > 0 {
		return fieldTest(v.parts[0])
	}
	if v.kind != "field" {
		return test{}
	}
	switch v.text {
	case "ip", "ip6":
		return addressField(v)
	case "tcp", "udp", "sctp", "dccp", "udplite", "th":
		return transportField(v)
	case "icmp":
		return whenNamed(v.name, "type", test{field: icmpType, proto: icmp, family: IPv4})
	case "icmpv6":
		return whenNamed(v.name, "type", test{field: icmpType, proto: icmpv6, family: IPv6})
	case "meta":
		return metaField(v.name)
	case "ct":
		return trackField(v.name)
	case "fib":
		return routeField(v.name)
	case "ether":
		return whenNamed(v.name, "type", test{field: family})
	case "exthdr", "rt":
		return test{field: abnormal}
	}
	return test{}
}

// whenNamed is the test where the name is the wanted one; of other fields nothing is known.
func whenNamed(name, wanted string, t test) test {
	if name == wanted {
		return t
	}
	return test{}
}

func addressField(v nftValue) test {
	t := test{family: IPv4}
	if v.text == "ip6" {
		t.family = IPv6
	}
	switch v.name {
	case "saddr":
		t.field = sourceAddress
	case "daddr":
		t.field = targetAddress
	case "protocol":
		t.field = protocol
	case "nexthdr":
		t.field = nextHeader
	case "frag-off":
		t.field = abnormal
	}
	return t
}

func transportField(v nftValue) test {
	t := test{}
	if v.text != "th" {
		t.proto = protocolNumber(v.text)
	}
	switch v.name {
	case "dport":
		t.field = targetPort
	case "sport":
		t.field = sourcePort
	case "flags":
		t.field = tcpFlags
	}
	return t
}

func metaField(name string) test {
	switch name {
	case "l4proto":
		return test{field: protocol}
	case "nfproto", "protocol":
		return test{field: family}
	case "iif", "iifname", "ibrname":
		return test{field: inDevice}
	case "oif", "oifname":
		return test{field: outDevice}
	case "pkttype":
		return test{field: frameType}
	case "mark":
		return test{field: mark}
	}
	return test{}
}

func trackField(name string) test {
	switch name {
	case "state":
		return test{field: state}
	case "status":
		return test{field: natState}
	case "direction":
		return test{field: original}
	case "mark":
		return test{field: mark}
	case "original ip saddr":
		return test{field: sourceAddress, family: IPv4}
	case "original ip6 saddr":
		return test{field: sourceAddress, family: IPv6}
	}
	return test{}
}

func routeField(name string) test {
	switch name {
	case "type daddr":
		return test{field: targetType}
	case "type saddr":
		return test{field: sourceType}
	}
	if strings.HasPrefix(name, "oif saddr") && strings.Contains(name, "iif") {
		return test{field: backRoute}
	}
	return test{}
}

// single compiles the comparison of one field with one value, or with a set.
func single(left nftValue, op string, right nftValue) test {
	t := fieldTest(left)
	if right.kind == "all" {
		t.field = always
		return t
	}
	var ok bool
	switch t.field {
	case tcpFlags:
		return flagTest(left, op, right)
	case sourceAddress, targetAddress, sourcePort, targetPort, protocol, nextHeader, icmpType, mark:
		ok = numberTest(&t, left, op, right)
	case family:
		ok = familyTest(&t, op, right)
	case abnormal:
		ok = abnormalTest(&t, left, op, right)
	default:
		ok = t.field != other && left.kind == "field" && nameTest(&t, op, right)
	}
	if !ok {
		return test{family: t.family, proto: t.proto}
	}
	return t
}

// nameTest takes names as values.
func nameTest(t *test, op string, right nftValue) bool {
	names, ok := valueNames(right)
	if (t.field == state || t.field == natState) && (right.kind == "list" || right.kind == "or") && op != "in" && op != "!" {
		names = nil // a connection has one state, and never two at once
	}
	t.names = names
	t.not = op == "!=" || op == "!"
	if t.field == backRoute {
		t.names = []string{map[bool]string{true: "missing", false: "exists"}[right.num == 0 && right.kind == "number" || right.text == "missing"]}
		ok = right.kind == "number" || right.text == "missing" || right.text == "exists"
	}
	return ok && (op == "==" || op == "in" || op == "" || t.not)
}

// valueNames lists the names of a value. An index of a device tells nothing.
func valueNames(v nftValue) ([]string, bool) {
	switch v.kind {
	case "symbol":
		return []string{v.text}, true
	case "number":
		return []string{"?"}, true
	case "list", "set", "or":
		var all []string
		for _, p := range v.parts {
			names, ok := valueNames(p)
			if !ok {
				return nil, false
			}
			all = append(all, names...)
		}
		return all, true
	}
	return nil, false
}

// familyTest takes names of protocols of the network layer as values.
func familyTest(t *test, op string, right nftValue) bool {
	names, ok := valueNames(right)
	var spans []span
	for _, n := range names {
		switch n {
		case "ipv4", "ip":
			spans = append(spans, span{small(uint64(IPv4)), small(uint64(IPv4))})
		case "ipv6", "ip6":
			spans = append(spans, span{small(uint64(IPv6)), small(uint64(IPv6))})
		case "?":
			ok = false
		}
	}
	t.values, t.not = makeSet(spans), op == "!="
	return ok && (op == "==" || op == "" || op == "in" || t.not)
}

// abnormalTest asks whether something is there that an ordinary packet has not. A comparison of a header's field says so whatever it
// compares, for without the header it does not hold. Of IPv4's fragment field only its offset and its flag for more are compared.
func abnormalTest(t *test, left nftValue, op string, right nftValue) bool {
	nothing := right.kind == "number" && right.num == 0 || right.text == "missing"
	switch {
	case left.kind == "field" && left.text == "exthdr":
		existence := left.name != "" && !strings.Contains(left.name, " ")
		t.not = existence && nothing != (op == "!=")
		return true
	case left.kind == "field" && left.text == "rt":
		return true
	case left.kind == "and" && left.parts[1].kind == "number" && left.parts[1].num&0x4000 == 0 && nothing && (op == "==" || op == "!="):
		t.not = op == "=="
		return true
	}
	return false
}
