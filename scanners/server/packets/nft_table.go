package packets

import (
	"slices"
	"strconv"
	"strings"
)

// table reads the block of a table. One that sleeps has no effect.
func (r *fileReader) table(family string) error {
	name := r.next()
	id := chainID{family, name.text, ""}
	if !r.is("{") {
		return nil
	}
	for {
		r.sep()
		t := r.next()
		switch {
		case t.text == "}" && t.kind == "sign":
			return nil
		case t.kind == "end":
			return r.wrong(name)
		case t.text == "chain":
			id.name = r.next().text
			if err := r.chainBlock(id); err != nil {
				return err
			}
		case t.text == "set" || t.text == "map":
			id.name = r.next().text
			if err := r.setBlock(id); err != nil {
				return err
			}
		case t.text == "flags" && r.peek().text == "dormant":
			return r.wrong(t)
		default:
			r.skip()
		}
	}
}

// skip skips a declaration that has no bearing: to the end of the line or of its block.
func (r *fileReader) skip() {
	for depth := 0; r.more(); {
		t := r.peek()
		if depth == 0 && (t.kind == "end" || t.kind == "sign" && t.text == "}") {
			return
		}
		depth += braces(r.next())
		if depth == 0 && t.kind == "sign" && t.text == "}" {
			return
		}
	}
}

// chainBlock reads a chain's block. A chain that is declared again goes on.
func (r *fileReader) chainBlock(id chainID) error {
	r.declare(id)
	if !r.is("{") {
		return nil
	}
	for {
		r.sep()
		t := r.peek()
		switch {
		case t.kind == "sign" && t.text == "}":
			r.next()
			return nil
		case t.kind == "end":
			return r.wrong(t)
		case t.text == "type":
			r.base(id)
		case t.text == "policy":
			r.next()
			r.declare(id).Drops = r.next().text == "drop"
		case t.text == "comment" || t.text == "devices" || t.text == "flags":
			r.skip()
		default:
			r.rule(id, false, 0)
		}
	}
}

// declare finds a chain or makes it.
func (r *fileReader) declare(id chainID) *Chain {
	for _, c := range r.tree.chains {
		if c.ID == id {
			return c
		}
	}
	c := &Chain{ID: id}
	r.tree.chains = append(r.tree.chains, c)
	return c
}

// base reads "type filter hook input device eth0 priority filter + 10".
func (r *fileReader) base(id chainID) {
	c := r.declare(id)
	for r.peek().kind != "end" && r.peek().text != "}" {
		switch t := r.next(); t.text {
		case "type":
			c.Type = r.next().text
		case "hook":
			c.Hook = r.next().text
		case "device":
			c.Device = append(c.Device, r.next().text)
		case "devices":
			c.Device = append(c.Device, r.devices()...)
		case "priority":
			c.Priority = r.priority(id.family)
		}
	}
}

// devices reads "= { eth0, eth1 }".
func (r *fileReader) devices() []string {
	var names []string
	for r.peek().kind != "end" {
		t := r.next()
		if t.text == "}" {
			break
		}
		if t.kind != "sign" {
			names = append(names, t.text)
		}
	}
	return names
}

// priority reads a number, or a name with a number added: https://man7.org/linux/man-pages/man8/nft.8.html#CHAINS
func (r *fileReader) priority(family string) int {
	names := map[string]int{"raw": -300, "mangle": -150, "dstnat": -100, "filter": 0, "security": 50, "srcnat": 100}
	if family == "bridge" {
		names = map[string]int{"dstnat": -300, "filter": -200, "out": 100, "srcnat": 300}
	}
	n, sign := 0, 1
	for t := r.peek(); t.kind == "word" || t.kind == "string"; t = r.peek() {
		r.next()
		for part := range strings.FieldsSeq(strings.NewReplacer("-", " - ", "+", " + ").Replace(t.text)) {
			switch part {
			case "-":
				sign = -1
			case "+":
				sign = 1
			default:
				value, err := strconv.Atoi(part)
				if err != nil {
					value = names[part]
				}
				n += sign * value
				sign = 1
			}
		}
	}
	return n
}

// setBlock reads a named set or map.
func (r *fileReader) setBlock(id chainID) error {
	s := nftSet{table: chainID{id.family, id.table, ""}, name: id.name}
	if !r.is("{") {
		return r.wrong(r.peek())
	}
	for {
		r.sep()
		t := r.next()
		switch {
		case t.kind == "sign" && t.text == "}":
			r.tree.sets = append(r.tree.sets, s)
			return nil
		case t.kind == "end":
			return r.wrong(t)
		case t.text == "elements":
			if !r.is("=") {
				return r.wrong(t)
			}
			s.elements = append(s.elements, r.elements()...)
		case t.text == "timeout":
			s.changes = true
			r.skip()
		case t.text == "flags":
			for r.peek().kind != "end" && r.peek().text != "}" {
				flag := r.next().text
				s.changes = s.changes || strings.Contains(flag, "dynamic") || strings.Contains(flag, "timeout")
			}
		default:
			r.skip()
		}
	}
}

// elements reads the elements of a set in braces.
func (r *fileReader) elements() []nftValue {
	p := ruleParser{fileReader: r, tokens: r.statement()}
	return p.value(0).parts
}

// add reads "add rule ...", "add chain ..." and so on.
func (r *fileReader) add(t token, first bool) error {
	switch t.text {
	case "table":
		return r.table(r.family())
	case "chain":
		id := chainID{r.family(), r.next().text, r.next().text}
		return r.chainBlock(id)
	case "set", "map":
		return r.setBlock(chainID{r.family(), r.next().text, r.next().text})
	case "element":
		return r.element(chainID{r.family(), r.next().text, ""}, r.next().text)
	case "rule":
		id := chainID{r.family(), r.next().text, r.next().text}
		switch r.peek().text {
		case "handle", "position", "index":
			return r.wrong(t)
		}
		r.declare(id)
		r.rule(id, first, 0)
		return nil
	}
	return r.wrong(t)
}

// element adds to a set.
func (r *fileReader) element(table chainID, name string) error {
	at := r.peek()
	i := slices.IndexFunc(r.tree.sets, func(s nftSet) bool { return s.table == table && s.name == name })
	elements := r.elements()
	if i < 0 {
		return r.wrong(at)
	}
	r.tree.sets[i].elements = append(r.tree.sets[i].elements, elements...)
	return nil
}

// statement takes the tokens up to the end of the statement; inside braces lines do not end it.
func (r *fileReader) statement() []token {
	var tokens []token
	for depth := 0; r.more(); {
		t := r.peek()
		if depth == 0 && (t.kind == "end" || t.kind == "sign" && t.text == "}") {
			break
		}
		depth += braces(r.next())
		if t.kind != "end" || depth > 0 && t.text == ";" {
			tokens = append(tokens, t)
		}
	}
	return tokens
}
