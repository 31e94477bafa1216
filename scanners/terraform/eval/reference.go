package eval

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// need is what an expression reads from a resource or module call: some attributes, of some instances, or everything.
type need struct {
	whole bool
	attrs map[string]bool
	keys  map[string]bool // suffixes of the instances; empty = all
	loose bool            // read without an instance key
}

// add adds what a reference reads: the steps after the name.
func (n *need) add(steps hcl.Traversal) {
	if len(steps) > 0 {
		if index, ok := steps[0].(hcl.TraverseIndex); ok && isKey(index.Key) && len(steps) > 1 {
			if attr, ok := steps[1].(hcl.TraverseAttr); ok {
				n.attrs[attr.Name] = true
				n.keys[keySuffix(index.Key)] = true
				return
			}
		}
		if attr, ok := steps[0].(hcl.TraverseAttr); ok {
			n.attrs[attr.Name] = true
			n.loose = true
			return
		}
	}
	n.whole = true
}

// only returns the one attribute that is read, "" when there are several.
func (n *need) only() string {
	if n.whole || len(n.attrs) != 1 {
		return ""
	}
	for name := range n.attrs {
		return name
	}
	return ""
}

// reads says whether the instance with that suffix is read.
func (n *need) reads(suffix string) bool { return n.whole || n.loose || n.keys[suffix] }

// needOf returns, and extends, what the expression reads from an address.
func (b *binding) needOf(address string, steps hcl.Traversal) *need {
	n := b.needs[address]
	if n == nil {
		n = &need{attrs: map[string]bool{}, keys: map[string]bool{}}
		if b.needs == nil {
			b.needs = map[string]*need{}
		}
		b.needs[address] = n
	}
	n.add(steps)
	return n
}

// bindResource adds the value of a reference to a managed resource: type.name...
func (m *module) bindResource(b *binding, x *expression, ref reference) {
	if len(ref.steps) == 0 {
		b.put(ref.root, m.undeclared(x.at, identifier(ref.root)))
		return
	}
	name, ok := step(ref.steps[0])
	if !ok {
		return
	}
	need := b.needOf(ref.root+"."+name, ref.steps[1:])
	b.member(ref.root, name, m.resourceValue(ref.root+"."+name, need, x))
}

// bindQualified adds the value of data.type.name, resource.type.name or ephemeral.type.name.
func (m *module) bindQualified(b *binding, x *expression, ref reference) {
	b.member(ref.root, "", cty.NilVal)
	if len(ref.steps) < 2 {
		return
	}
	typ, _ := step(ref.steps[0])
	name, _ := step(ref.steps[1])
	address := typ + "." + name
	if ref.root != "resource" {
		address = ref.root + "." + address
	}
	v := m.resourceValue(address, b.needOf(address, ref.steps[2:]), x)
	if b.data == nil {
		b.data = map[string]map[string]map[string]cty.Value{}
	}
	if b.data[ref.root] == nil {
		b.data[ref.root] = map[string]map[string]cty.Value{}
	}
	if b.data[ref.root][typ] == nil {
		b.data[ref.root][typ] = map[string]cty.Value{}
	}
	b.data[ref.root][typ][name] = v
}

// resourceValue returns the value of a resource, as far as it is read.
func (m *module) resourceValue(address string, n *need, x *expression) cty.Value {
	nd := m.node(address)
	if nd == nil {
		return m.undeclared(x.at, identifier(address))
	}
	if nd.conf.block.typ == "ephemeral" {
		return unknown("ephemeral_value", "address", m.within(address))
	}
	return nd.value(n)
}

// bindModule adds the value of module.name...
func (m *module) bindModule(b *binding, x *expression, ref reference) {
	b.member("module", "", cty.NilVal)
	if len(ref.steps) == 0 {
		return
	}
	name, _ := step(ref.steps[0])
	call := m.callOf(name)
	if call == nil {
		b.member("module", name, m.undeclared(x.at, "module."+identifier(name)))
		return
	}
	b.member("module", name, call.value(b.needOf("module."+name, ref.steps[1:]), x))
}
