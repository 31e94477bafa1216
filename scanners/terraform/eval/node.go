package eval

import (
	"maps"

	"github.com/zclconf/go-cty/cty"
)

// node is a resource or data block of one module instance.
type node struct {
	m         *module
	conf      *resource
	state     state
	expansion expansion
	instances []*instance
	bySuffix  map[string]*instance
	whole     memo
}

// instance is one instance of a node while it is evaluated.
type instance struct {
	node    *node
	key     instanceKey
	address string
	attrs   map[string]*memo // as written
	seen    map[string]*memo // as references see them
	whole   memo
}

// node returns the node of an address within the module, nil when it is not declared.
func (m *module) node(address string) *node {
	if n := m.nodes[address]; n != nil {
		return n
	}
	conf := m.conf.resources[address]
	if conf == nil {
		return nil
	}
	n := &node{m: m, conf: conf, bySuffix: map[string]*instance{}}
	m.nodes[address] = n
	return n
}

// expand makes the node's instances.
func (n *node) expand() {
	switch {
	case n.state == done:
		return
	case n.state == running:
		n.m.run.note(n.conf.block.at, "reference_cycle", "address", n.m.within(n.conf.address))
		n.expansion = placeholder(unknown("reference_cycle", "address", n.m.within(n.conf.address)))
	default:
		n.state = running
		n.m.run.depth++
		e := n.m.expand(n.conf.block, n.conf.address)
		n.m.run.depth--
		if n.state == done {
			return
		}
		n.expansion = e
	}
	n.state = done
	n.instances = make([]*instance, 0, len(n.expansion.keys))
	for _, key := range n.expansion.keys {
		i := &instance{node: n, key: key, address: n.m.within(n.conf.address) + key.suffix, attrs: map[string]*memo{}, seen: map[string]*memo{}}
		n.instances = append(n.instances, i)
		n.bySuffix[key.suffix] = i
	}
}

// value returns the resource as an expression sees it.
func (n *node) value(need *need) cty.Value {
	n.expand()
	switch {
	case n.expansion.shape == undecided:
		return n.undecided(need)
	case need.whole:
		return n.m.run.once(&n.whole, n.m.within(n.conf.address), n.conf.block.at, func() cty.Value {
			return n.assemble(func(i *instance) cty.Value { return i.wholeValue() })
		})
	}
	return n.assemble(func(i *instance) cty.Value {
		if !need.reads(i.key.suffix) {
			return cty.EmptyObjectVal
		}
		return i.object(sortedKeys(need.attrs))
	})
}

// undecided returns the value of a resource of which the number is unknown.
func (n *node) undecided(need *need) cty.Value {
	ref := Ref{Address: n.instances[0].address, Attribute: need.only()}
	return cty.DynamicVal.WithMarks(reasonsOf(n.expansion.marks)).Mark(ref)
}

// reasonsOf returns the reasons among marks.
func reasonsOf(marks cty.ValueMarks) cty.ValueMarks {
	return only(marks, func(m any) bool { _, is := m.(whyMark); return is })
}

// assemble puts the values of the instances together.
func (n *node) assemble(value func(*instance) cty.Value) cty.Value {
	switch n.expansion.shape {
	case single:
		return value(n.instances[0])
	case byCount:
		var elements []cty.Value
		for _, i := range n.instances {
			elements = append(elements, value(i))
		}
		return cty.TupleVal(elements)
	}
	members := make(map[string]cty.Value, len(n.instances))
	for _, i := range n.instances {
		members[i.key.key.AsString()] = value(i)
	}
	return cty.ObjectVal(members)
}

// object returns the instance with the named attributes.
func (i *instance) object(names []string) cty.Value {
	members := make(map[string]cty.Value, len(names))
	for _, name := range names {
		members[name] = i.attribute(name)
	}
	return cty.ObjectVal(members)
}

// wholeValue returns the instance with all attributes that the root may read from it.
func (i *instance) wholeValue() cty.Value {
	r := i.node.m.run
	return r.once(&i.whole, i.address, i.node.conf.block.at, func() cty.Value { return i.object(r.used) })
}

// attribute returns an attribute as references see it: its written value, what follows from that, or an unknown value
// that refers to it.
func (i *instance) attribute(name string) cty.Value {
	cell := i.seen[name]
	if cell == nil {
		cell = &memo{}
		i.seen[name] = cell
	}
	return i.node.m.run.once(cell, i.address+"."+name, i.node.conf.block.at, func() cty.Value {
		v := i.computed(name)
		if isReservedAttribute(name) {
			return v
		}
		if ownName(i.node.conf.typ, name) {
			v = v.Mark(Ref{Address: i.address, Attribute: name})
		}
		return v
	})
}

// isReservedAttribute says whether a name is an argument of every resource rather than an attribute of it.
func isReservedAttribute(name string) bool {
	switch name {
	case "count", "for_each", "provider", "depends_on", "lifecycle", "provisioner", "connection":
		return true
	}
	return false
}

// computed returns an attribute without the reference to itself.
func (i *instance) computed(name string) cty.Value {
	body := i.node.conf.block.body
	if isReservedAttribute(name) {
		return i.refer(name)
	}
	if body.get(name) != nil {
		v := i.written(name)
		if !isNull(v) {
			return v
		}
		return i.derivedOr(name)
	}
	if i.hasBlocks(name) {
		return i.blockValue(name)
	}
	return i.derivedOr(name)
}

func (i *instance) derivedOr(name string) cty.Value {
	if v, ok := i.derived(name); ok {
		return v
	}
	return i.refer(name)
}

// refer returns the unknown value of a computed attribute.
func (i *instance) refer(name string) cty.Value {
	v := cty.DynamicVal
	switch name {
	case "id", "arn":
		v = cty.UnknownVal(cty.String).RefineNotNull()
	case "name", "bucket", "identifier":
		v = cty.UnknownVal(cty.String)
	}
	if i.node.conf.data {
		v = v.Mark(because("data_source", "address", i.address))
	}
	return v.Mark(Ref{Address: i.address, Attribute: name})
}

// written returns the value of a written attribute.
func (i *instance) written(name string) cty.Value {
	a := i.node.conf.block.body.get(name)
	cell := i.attrs[name]
	if cell == nil {
		cell = &memo{}
		i.attrs[name] = cell
	}
	return i.node.m.run.once(cell, i.address+"."+name, a.at, func() cty.Value { return i.node.m.eval(a.expr, i.key.scope) })
}

func (i *instance) hasBlocks(name string) bool {
	for _, b := range i.node.conf.block.body.blocks {
		if effectiveType(b) == name {
			return true
		}
	}
	return false
}

// blockValue returns the nested blocks of a type as references see them: a tuple of objects. What is not written in
// them is unknown.
func (i *instance) blockValue(typ string) cty.Value {
	found := i.node.m.blocks(i.node.conf.block.body, typ, i.key.scope)
	if len(found.More) > 0 {
		return i.refer(typ)
	}
	var elements []cty.Value
	for _, b := range found.All {
		members := map[string]cty.Value{}
		for _, name := range i.node.m.run.used {
			members[name] = cty.DynamicVal.Mark(Ref{Address: i.address, Attribute: typ + "." + name})
		}
		maps.Copy(members, valuesOf(b))
		elements = append(elements, cty.ObjectVal(members))
	}
	return cty.TupleVal(elements)
}

func valuesOf(b *Block) map[string]cty.Value {
	members := map[string]cty.Value{}
	for name, a := range b.attrs {
		members[name] = a.value
	}
	return members
}
