package packets

import (
	"fmt"
	"slices"
	"strings"
)

// ruleParser reads the statements of one rule.
type ruleParser struct {
	*fileReader
	tokens []token
	id     chainID
	failed bool
}

func (p *ruleParser) peek() token {
	if len(p.tokens) == 0 {
		return token{kind: "end"}
	}
	return p.tokens[0]
}

func (p *ruleParser) next() token {
	t := p.peek()
	if len(p.tokens) > 0 {
		p.tokens = p.tokens[1:]
	}
	return t
}

func (p *ruleParser) is(text string) bool {
	if t := p.peek(); t.kind == "string" || t.text != text || t.kind == "end" {
		return false
	}
	p.next()
	return true
}

// rule reads a rule of a chain. What is not understood makes it one that may do anything.
func (r *fileReader) rule(id chainID, first bool, depth int) {
	line := r.peek().line
	p := ruleParser{fileReader: r, tokens: r.statement(), id: id}
	at := Where{File: r.name, Line: line, Text: joinTokens(p.tokens)}
	made := nftRule{id: id, at: at}
	for len(p.tokens) > 0 && len(made.statements) < 1000 {
		s := p.statement(depth)
		made.statements = append(made.statements, s)
		if p.failed {
			made.statements = []nftStatement{{kind: "unclear"}}
			break
		}
	}
	if first {
		at := slices.IndexFunc(r.tree.rules, func(o nftRule) bool { return o.id == id })
		r.tree.rules = slices.Insert(r.tree.rules, max(at, 0), made)
		return
	}
	r.tree.rules = append(r.tree.rules, made)
}

// joinTokens writes tokens as a line.
func joinTokens(tokens []token) string {
	var words []string
	for _, t := range tokens {
		words = append(words, t.text)
	}
	return strings.Join(words, " ")
}

// fail gives the rule up.
func (p *ruleParser) fail() nftStatement {
	p.failed = true
	return nftStatement{kind: "unclear"}
}

// statement reads a statement: https://man7.org/linux/man-pages/man8/nft.8.html#STATEMENTS
func (p *ruleParser) statement(depth int) nftStatement {
	t := p.peek()
	switch t.text {
	case "accept", "drop", "continue", "return", "notrack":
		p.next()
		return nftStatement{kind: t.text}
	case "jump", "goto":
		p.next()
		return p.call(t.text, depth)
	case "reject":
		return p.reject()
	case "masquerade", "snat":
		p.tokens = nil
		return nftStatement{kind: "accept"}
	case "dnat", "redirect":
		p.next()
		return p.nat(t.text)
	case "comment":
		p.next()
		p.next()
		return nftStatement{kind: "pass"}
	case "counter", "log":
		p.next()
		p.options()
		return nftStatement{kind: "pass"}
	case "limit", "quota":
		p.next()
		return p.limit()
	case "add", "update", "delete", "meter", "set":
		return p.dynamic()
	case "ct", "meta":
		if s, ok := p.setting(); ok {
			return s
		}
	case "queue", "synproxy", "tproxy", "dup", "fwd", "flow", "last":
		return p.fail()
	}
	return p.match()
}

// reject reads "with icmp type host-unreachable" or "with tcp reset".
func (p *ruleParser) reject() nftStatement {
	with := p.tokens
	p.tokens = nil
	switch {
	case len(with) > 2 && with[2].text == "tcp":
		return rejection("tcp reset")
	case len(with) > 2:
		return rejection(with[2].text)
	}
	return rejection("")
}

// call reads the chain of a jump, perhaps one without a name.
func (p *ruleParser) call(kind string, depth int) nftStatement {
	if !p.is("{") {
		return nftStatement{kind: kind, target: p.next().text}
	}
	if depth > valueDepth {
		return p.fail()
	}
	inner := p.id
	inner.name = fmt.Sprintf("%s at %s:%d, %d", p.id.name, p.name, p.peek().line, len(p.tree.chains))
	p.declare(inner)
	sub := fileReader{files: p.files, tree: p.tree, defined: p.defined, name: p.name}
	for nesting := 1; len(p.tokens) > 0; {
		t := p.next()
		if nesting += braces(t); nesting == 0 {
			break
		}
		if t.text == ";" {
			t.kind = "end"
		}
		sub.tokens = append(sub.tokens, t)
	}
	for sub.sep(); len(sub.tokens) > 0; sub.sep() {
		before := len(sub.tokens)
		if sub.rule(inner, false, depth+1); len(sub.tokens) == before {
			return p.fail()
		}
	}
	p.tree = sub.tree
	return nftStatement{kind: kind, target: inner.name}
}

// options skips the options of counter and log.
func (p *ruleParser) options() {
	for len(p.tokens) > 0 {
		switch p.peek().text {
		case "packets", "bytes", "name", "prefix", "group", "snaplen", "queue-threshold", "level":
			p.next()
			p.next()
		case "flags":
			p.next()
			p.list()
			if t := p.peek().text; t == "sequence" || t == "options" || t == "sequence,options" {
				p.next()
			}
		default:
			return
		}
	}
}

// list skips a list with commas.
func (p *ruleParser) list() {
	for p.next(); p.is(","); {
		p.next()
	}
}

// limit reads "rate over 10/minute burst 5 packets", "over 10 mbytes", or a name.
func (p *ruleParser) limit() nftStatement {
	s := nftStatement{kind: "limit"}
	if p.peek().kind == "string" || p.peek().text == "name" {
		p.list()
		return nftStatement{kind: "doubt"}
	}
	for len(p.tokens) > 0 {
		t := p.peek()
		switch {
		case t.text == "over":
			s.over = true
		case t.text == "rate" || t.text == "until" || t.text == "burst" || t.text == "packets" || t.text == "/" || t.text == "used" || strings.HasSuffix(t.text, "bytes"):
		case t.text == "second" || t.text == "minute" || t.text == "hour" || t.text == "day" || t.text == "week":
		case t.text != "" && t.text[0] >= '0' && t.text[0] <= '9':
		default:
			return s
		}
		p.next()
	}
	return s
}

// dynamic reads "add @set { ip saddr timeout 1m limit rate over 3/minute }", and meters.
func (p *ruleParser) dynamic() nftStatement {
	s := nftStatement{kind: "dynamic"}
	for len(p.tokens) > 0 && p.peek().text != "{" {
		s.target = p.next().text
	}
	for depth := 0; len(p.tokens) > 0; {
		t := p.next()
		switch depth += braces(t); {
		case depth == 0:
			return s
		case t.text == "limit" || t.text == "quota":
			inner := p.limit()
			s.inner = &inner
		case t.text == "ct" && p.peek().text == "count":
			p.next()
			inner := p.limit()
			s.inner = &inner
		}
	}
	return p.fail()
}

// setting reads what ct and meta set, and what they count.
func (p *ruleParser) setting() (nftStatement, bool) {
	t := p.tokens
	switch {
	case len(t) > 2 && t[1].text == "count":
		p.tokens = t[2:]
		return p.limit(), true
	case len(t) > 3 && t[1].text == "mark" && t[2].text == "set" && t[3].kind == "word" && t[3].text != "ct" && t[3].text != "meta":
		p.tokens = t[4:]
		return nftStatement{kind: "mark"}, true
	case len(t) > 2 && t[1].text == "mark" && t[2].text == "set":
		return p.fail(), true
	case len(t) == 4 && t[2].text == "set":
		p.tokens = nil
		return nftStatement{kind: "pass"}, true
	}
	return nftStatement{}, false
}

// nat reads "dnat to 10.0.0.1:80" and "redirect to :80".
func (p *ruleParser) nat(kind string) nftStatement {
	s := nftStatement{kind: kind, right: nftUnclear()}
	switch {
	case p.is("ip"):
		s.family = IPv4
	case p.is("ip6"):
		s.family = IPv6
	}
	p.is("to")
	to := joinTokens(p.tokens)
	p.tokens = nil
	to = strings.ReplaceAll(strings.ReplaceAll(to, " : ", ":"), ": ", ":")
	if to == "" {
		return s
	}
	address, port := to, ""
	if end := strings.LastIndex(to, ":"); end >= 0 && (strings.Count(to, ":") == 1 || strings.HasPrefix(to, "[")) && !strings.HasSuffix(to, "]") {
		address, port = to[:end], to[end+1:]
	}
	if kind == "redirect" && port == "" { // a port without a colon
		port = address
	}
	if strings.ContainsAny(to, "{@$") { // a map
		address, port = "?", "?"
	}
	s.right = symbol(strings.Trim(address, "[]"))
	if port != "" {
		value := symbol(port)
		s.port = &value
	}
	return s
}
