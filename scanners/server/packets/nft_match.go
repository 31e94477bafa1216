package packets

import (
	"slices"
	"strings"
)

// match reads a comparison, or a verdict map.
func (p *ruleParser) match() nftStatement {
	left, ok := p.fields()
	if !ok {
		return p.fail()
	}
	if p.is("vmap") {
		return nftStatement{kind: "vmap", left: left, right: p.value(0)}
	}
	s := nftStatement{kind: "match", left: left}
	if p.is("&") {
		s.left = nftValue{kind: "and", parts: []nftValue{left, p.value(0)}}
	}
	s.op = p.operator()
	s.right = p.value(0)
	if p.is("/") { // value / mask
		s.left = nftValue{kind: "and", parts: []nftValue{left, p.value(0)}}
		if s.op == "" {
			s.op = "=="
		}
	}
	if s.op == "" {
		s.op = implicit(left, s.right)
	}
	return s
}

// implicit is what a comparison without an operator means: whether one of some bits is set, where bits are compared, and equality otherwise.
func implicit(left, right nftValue) string {
	f := fieldTest(left).field
	if (f == tcpFlags || f == state || f == natState) && right.kind != "set" && right.kind != "named" {
		return "in"
	}
	return "=="
}

// operator reads an operator, or nothing.
func (p *ruleParser) operator() string {
	words := map[string]string{"eq": "==", "ne": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">="}
	switch t := p.peek(); {
	case t.kind == "sign" && slices.Contains([]string{"==", "!=", "<", ">", "<=", ">=", "!"}, t.text):
		return p.next().text
	case t.kind == "word" && words[t.text] != "":
		return words[p.next().text]
	}
	return ""
}

// fields reads one field, or several with dots between.
func (p *ruleParser) fields() (nftValue, bool) {
	first, ok := p.field()
	if !ok || p.peek().text != "." {
		return first, ok
	}
	all := nftValue{kind: "concat", parts: []nftValue{first}}
	for p.is(".") {
		next, ok := p.field()
		if !ok {
			return all, false
		}
		all.parts = append(all.parts, next)
	}
	return all, true
}

// field reads a field: https://man7.org/linux/man-pages/man8/nft.8.html#PRIMARY_EXPRESSIONS
func (p *ruleParser) field() (nftValue, bool) {
	t := p.next()
	if t.kind != "word" {
		return nftValue{}, false
	}
	switch t.text {
	case "ip", "ip6", "tcp", "udp", "sctp", "dccp", "udplite", "th", "icmp", "icmpv6", "ether", "arp", "vlan", "esp", "ah", "comp", "igmp", "rt", "socket":
		if t.text == "tcp" && p.peek().text == "option" {
			return nftValue{}, false
		}
		return nftValue{kind: "field", text: t.text, name: p.next().text}, true
	case "meta":
		return nftValue{kind: "field", text: "meta", name: p.next().text}, true
	case "iif", "iifname", "oif", "oifname", "mark", "pkttype", "skuid", "skgid", "iifgroup", "oifgroup", "iiftype", "oiftype", "cgroup", "cpu", "rtclassid":
		return nftValue{kind: "field", text: "meta", name: t.text}, true
	case "ct":
		return p.track()
	case "fib":
		return p.route()
	case "exthdr":
		return nftValue{kind: "field", text: "exthdr", name: p.next().text}, true
	}
	return nftValue{}, false
}

// track reads a field of the connection.
func (p *ruleParser) track() (nftValue, bool) {
	name := p.next().text
	if name == "original" || name == "reply" {
		name += " " + p.next().text
		if strings.HasSuffix(name, " ip") || strings.HasSuffix(name, " ip6") {
			name += " " + p.next().text
		}
	}
	return nftValue{kind: "field", text: "ct", name: name}, true
}

// route reads a question to the routing table.
func (p *ruleParser) route() (nftValue, bool) {
	flags := []string{p.next().text}
	for p.is(".") {
		flags = append(flags, p.next().text)
	}
	return nftValue{kind: "field", text: "fib", name: fibName(p.next().text, flags)}, true
}

// value reads what a field is compared with.
func (p *ruleParser) value(depth int) nftValue {
	if depth > valueDepth {
		p.failed = true
		return nftUnclear()
	}
	if p.is("{") {
		return p.set(depth)
	}
	v := p.combined(depth)
	if p.peek().text != "." || p.peek().kind != "sign" {
		return v
	}
	all := nftValue{kind: "concat", parts: []nftValue{v}}
	for p.is(".") {
		all.parts = append(all.parts, p.combined(depth))
	}
	return all
}

// combined reads values with commas or bars between, outside of sets.
func (p *ruleParser) combined(depth int) nftValue {
	v := p.one(depth)
	for sign := p.peek(); sign.kind == "sign" && (sign.text == "|" || sign.text == "," && depth == 0); sign = p.peek() {
		p.next()
		v = nftValue{kind: "list", parts: []nftValue{v, p.one(depth)}}
	}
	return v
}

// one reads a single value.
func (p *ruleParser) one(depth int) nftValue {
	if p.is("(") {
		v := p.value(depth + 1)
		for p.is(",") {
			v = nftValue{kind: "list", parts: []nftValue{v, p.value(depth + 1)}}
		}
		if !p.is(")") {
			p.failed = true
		}
		return v
	}
	t := p.next()
	switch {
	case t.kind == "string":
		return symbol(t.text)
	case t.kind != "word" || t.text == "":
		p.failed = true
		return nftUnclear()
	case t.text == "*":
		return nftValue{kind: "all"}
	case t.text[0] == '@':
		return nftValue{kind: "named", text: t.text[1:]}
	}
	return plainWord(t.text)
}

// plainWord reads a word: a block, a range, or something else. Names have hyphens too.
func plainWord(w string) nftValue {
	if address, bits, ok := strings.Cut(w, "/"); ok {
		n, known := plainNumber(symbol(bits), func(string) (uint64, bool) { return 0, false })
		if !known {
			return nftUnclear()
		}
		return nftValue{kind: "prefix", num: n, parts: []nftValue{symbol(address)}}
	}
	if n, ok := plainNumber(symbol(w), func(string) (uint64, bool) { return 0, false }); ok {
		return nftValue{kind: "number", num: n, text: w}
	}
	if lo, hi, ok := strings.Cut(w, "-"); ok && ranged(lo) && ranged(hi) {
		return nftValue{kind: "range", parts: []nftValue{symbol(lo), symbol(hi)}}
	}
	return symbol(w)
}

// ranged says whether a word can be the end of a range: a number or an address.
func ranged(w string) bool {
	return w != "" && (w[0] >= '0' && w[0] <= '9' || strings.Contains(w, ":"))
}

// set reads the elements of a set or of a map, whose opening brace was taken.
func (p *ruleParser) set(depth int) nftValue {
	all := nftValue{kind: "set"}
	for len(p.tokens) > 0 {
		if p.is("}") {
			return all
		}
		if p.is(",") {
			continue
		}
		element := p.value(depth + 1)
		p.elementOptions()
		if p.is(":") {
			then := p.statement(depth + 1)
			element = nftValue{kind: "pair", parts: []nftValue{element}, then: &then}
		}
		if element.kind == "set" { // a variable that holds a set
			all.parts = append(all.parts, element.parts...)
			continue
		}
		all.parts = append(all.parts, element)
		if p.failed {
			return all
		}
	}
	p.failed = true
	return all
}

// elementOptions skips the timeout, the counter and the comment of an element.
func (p *ruleParser) elementOptions() {
	for len(p.tokens) > 0 {
		switch p.peek().text {
		case "timeout", "expires", "comment":
			p.next()
			p.next()
		case "counter":
			p.next()
			p.options()
		default:
			return
		}
	}
}
