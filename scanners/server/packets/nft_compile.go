package packets

import (
	"slices"
	"strings"
)

// compiler makes rules of a tree.
type compiler struct {
	out  *Ruleset
	tree *nftTree
	sets map[chainID]*nftSet
}

// compile makes a ruleset of the tree.
func (t *nftTree) compile() *Ruleset {
	c := compiler{out: &Ruleset{}, tree: t, sets: map[chainID]*nftSet{}}
	for i := range t.sets {
		s := &t.sets[i]
		id := s.table
		id.name = s.name
		if before := c.sets[id]; before != nil { // declared once more, with more elements
			before.elements, before.changes = append(before.elements, s.elements...), before.changes || s.changes
			continue
		}
		c.sets[id] = s
	}
	for _, declared := range t.chains {
		made := c.out.chain(declared.ID)
		rules := made.Rules
		*made = *declared
		made.Rules = rules
	}
	c.changing()
	for i := range t.rules {
		c.rule(&t.rules[i])
	}
	return c.out
}

// changing marks the sets that rules add to.
func (c *compiler) changing() {
	for _, r := range c.tree.rules {
		for _, s := range r.statements {
			if s.kind != "dynamic" {
				continue
			}
			if set := c.set(r.id, s.target); set != nil {
				set.changes = true
			}
		}
	}
}

// set finds a named set of a chain's table.
func (c *compiler) set(id chainID, name string) *nftSet {
	id.name = strings.TrimPrefix(name, "@")
	return c.sets[id]
}

// rule compiles a rule into its chain. One without a verdict has no effect on who gets through.
func (c *compiler) rule(r *nftRule) {
	c.out.Rules++
	made := rule{at: r.at}
	for i := range r.statements {
		s := &r.statements[i]
		if t, ok := c.condition(r.id, s); ok {
			made.tests = append(made.tests, t)
			continue
		}
		if s.family != 0 || s.proto != 0 {
			made.tests = append(made.tests, test{field: always, family: s.family, proto: s.proto})
		}
		if made.branches = c.verdict(r.id, s); made.branches != nil {
			break
		}
		c.remember(s)
	}
	if made.branches != nil {
		chain := c.out.chain(r.id)
		chain.Rules = append(chain.Rules, made)
	}
}

// remember notes what changes what others can tell of packets.
func (c *compiler) remember(s *nftStatement) {
	c.out.notracks = c.out.notracks || s.kind == "notrack"
	c.out.marks = c.out.marks || s.kind == "mark"
}

// condition is the test that a statement makes.
func (c *compiler) condition(id chainID, s *nftStatement) (test, bool) {
	switch s.kind {
	case "match":
		return c.match(id, s), true
	case "limit":
		return test{field: crowd, not: !s.over}, true
	case "doubt":
		return test{}, true
	case "dynamic": // a full set ends the rule
		if s.inner != nil {
			return test{field: crowd, not: !s.inner.over}, true
		}
		return test{field: history, not: true}, true
	}
	return test{}, false
}

// verdict is what a statement decides, nil where it decides nothing.
func (c *compiler) verdict(id chainID, s *nftStatement) []branch {
	v := verdict{}
	switch s.kind {
	case "accept":
		v.action = accepts
	case "drop", "reject":
		v.action = drops
	case "return":
		v.action = returns
	case "continue":
		v.action = goesOn
	case "jump", "goto":
		v.action = map[string]action{"jump": jumps, "goto": goesTo}[s.kind]
		v.chain = c.out.chain(chainID{id.family, id.table, s.target})
	case "dnat", "redirect":
		v = verdict{action: translates, to: c.destination(s)}
	case "vmap":
		return c.branches(id, s)
	case "unclear":
		v.action = unclear
	default:
		return nil
	}
	return []branch{{verdict: v}}
}

// branches compiles a verdict map. What matches everything else comes last.
func (c *compiler) branches(id chainID, s *nftStatement) []branch {
	pairs, shaky := s.right.parts, false
	if s.right.kind == "named" {
		set := c.set(id, s.right.text)
		if set == nil {
			return []branch{{verdict: verdict{action: unclear}}}
		}
		pairs, shaky = set.elements, set.changes
	}
	all, last := []branch{}, []branch{}
	for _, pair := range pairs {
		if pair.kind != "pair" {
			return []branch{{verdict: verdict{action: unclear}}}
		}
		own := c.verdict(id, pair.then)
		if len(own) != 1 {
			return []branch{{verdict: verdict{action: unclear}}}
		}
		if pair.parts[0].kind == "all" {
			last = append(last, branch{[]test{c.present(s.left)}, own[0].verdict})
			continue
		}
		t := c.compare(id, s.left, "==", nftValue{kind: "set", parts: pair.parts})
		t.shaky = t.shaky || shaky
		all = append(all, branch{[]test{t}, own[0].verdict})
	}
	if all = append(all, last...); shaky { // others may have come
		all = append(all, branch{[]test{{}}, verdict{action: unclear}})
	}
	return all
}

// present holds where a packet has the field.
func (c *compiler) present(left nftValue) test {
	t := fieldTest(left)
	t.field = always
	return t
}

// destination reads where packets are sent instead.
func (c *compiler) destination(s *nftStatement) destination {
	d := destination{here: s.kind == "redirect", keeps: s.port == nil}
	if s.port != nil {
		port, ok := portNumbers(*s.port)
		d.unclear = !ok || port.size() != small(1)
		if !d.unclear {
			d.port = int(port.spans[0].lo.lo)
		}
	}
	if !d.here {
		address, _, ok := addressNumbers(s.right)
		d.unclear = d.unclear || !ok || address.size() != small(1)
		if !d.unclear {
			d.address = address.spans[0].lo
		}
	}
	return d
}

// match compiles a comparison.
func (c *compiler) match(id chainID, s *nftStatement) test {
	t := c.compare(id, s.left, s.op, s.right)
	return t
}

// compare compiles the comparison of a field, or of several, with values.
func (c *compiler) compare(id chainID, left nftValue, op string, right nftValue) test {
	var values []nftValue
	shaky := false
	switch {
	case right.kind == "named":
		set := c.set(id, right.text)
		if set == nil {
			return test{}
		}
		values, shaky = set.elements, set.changes
	case right.kind == "set":
		values = right.parts
	case left.kind == "concat":
		values = []nftValue{right}
	default:
		return single(left, op, right)
	}
	if op != "==" && op != "!=" && op != "in" && op != "" {
		return test{}
	}
	t := union(left, values)
	t.not, t.shaky = t.not != (op == "!="), shaky
	return t
}

// union compiles the comparison with one of several values.
func union(left nftValue, values []nftValue) test {
	if left.kind != "concat" {
		return oneOf(left, values)
	}
	t := test{any: [][]test{}}
	for _, v := range values {
		if v.kind != "concat" || len(v.parts) != len(left.parts) {
			return test{}
		}
		var together []test
		for i := range v.parts {
			together = append(together, single(left.parts[i], "==", v.parts[i]))
		}
		t.any = append(t.any, together)
	}
	if len(t.any) == 0 { // an empty set still needs the fields to be there
		return emptyUnion(left)
	}
	return t
}

// emptyUnion never holds, and its negation where the fields are there.
func emptyUnion(left nftValue) test {
	var together []test
	for _, part := range left.parts {
		t := fieldTest(part)
		t.field, t.not = always, false
		together = append(together, t)
	}
	together = append(together, test{field: always, not: true})
	return test{any: [][]test{together}}
}

// oneOf compiles the comparison of one field with several values.
func oneOf(left nftValue, values []nftValue) test {
	if slices.ContainsFunc(values, func(v nftValue) bool { return v.kind == "all" }) {
		t := fieldTest(left)
		t.field = always
		return t
	}
	if f := fieldTest(left); f.field == tcpFlags {
		t := test{any: [][]test{}}
		for _, v := range values {
			t.any = append(t.any, []test{single(left, "==", v)})
		}
		return t
	}
	return single(left, "==", nftValue{kind: "set", parts: values})
}
