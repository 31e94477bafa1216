package eval

import (
	"slices"

	"github.com/tomscan/tomscan/evidence"
)

// collect evaluates all resources of m and of the modules that it calls, and adds them to the root.
func (m *module) collect() {
	r := m.run
	for _, moved := range m.conf.moved {
		r.out.Moved = append(r.out.Moved, Moved{From: m.within(moved.from), To: m.within(moved.to), At: moved.at.bare()})
	}
	for _, conf := range m.conf.order {
		m.collectNode(m.node(conf.address))
	}
	for _, conf := range m.conf.callOrder {
		call := m.callOf(conf.name)
		call.expand()
		for _, child := range call.modules {
			child.collect()
		}
	}
}

func (m *module) collectNode(n *node) {
	n.expand()
	for _, i := range n.instances {
		if m.run.ctx.Err() != nil {
			return
		}
		if m.run.instances++; m.run.instances > maxRootInstances {
			if m.run.instances == maxRootInstances+1 {
				m.run.gap(n.conf.block.at, "too_many_instances", "address", m.within(n.conf.address), "limit", "root")
			}
			return
		}
		m.collectInstance(i)
	}
}

// collectInstance evaluates one instance. A fault of the evaluator is a gap rather than the end.
func (m *module) collectInstance(i *instance) {
	depth := m.run.depth
	defer func() {
		if recover() != nil {
			m.run.depth = depth
			m.run.gap(i.node.conf.block.at, "evaluation_crashed", "address", i.address)
		}
	}()
	m.run.out.Instances = append(m.run.out.Instances, i.finish())
}

// finish evaluates everything that an instance has written.
func (i *instance) finish() *Instance {
	n, b := i.node, i.node.conf.block
	out := &Instance{Address: i.address, Type: n.conf.typ, Name: n.conf.name, Data: n.conf.data,
		Placeholder: n.m.placeholder || n.expansion.shape == undecided,
		Accepts:     slices.Concat(n.conf.accepts, n.m.accepts), Calls: n.m.callPositions()}
	out.Block = n.m.block(withoutMeta(b.body), b.at, i.key.scope, i.written)
	out.Provider = n.m.providerOf(i)
	if region := out.Attr("region"); n.conf.hasRegion() && region.IsSet() {
		out.Provider.Region = region.Text(evidence.Value[string]{})
	}
	return out
}

// hasRegion says whether the resource's region argument overrides that of its provider.
func (r *resource) hasRegion() bool { return len(r.typ) > 4 && r.typ[:4] == "aws_" }

// withoutMeta returns a body without what belongs to Terraform itself.
func withoutMeta(b *body) *body {
	kept := func(name string) bool { return !isReservedAttribute(name) }
	all := true
	for _, a := range b.attrs {
		all = all && kept(a.name)
	}
	for _, nested := range b.blocks {
		all = all && kept(nested.typ)
	}
	if all {
		return b
	}
	out := &body{}
	for _, a := range b.attrs {
		if kept(a.name) {
			out.attrs = append(out.attrs, a)
		}
	}
	for _, nested := range b.blocks {
		if kept(nested.typ) {
			out.blocks = append(out.blocks, nested)
		}
	}
	return out
}
