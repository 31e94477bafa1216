package eval

import (
	"maps"
	"path"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// callNode is a module call of one module instance.
type callNode struct {
	m         *module
	conf      *moduleCall
	state     state
	expansion expansion
	modules   []*module
	bySuffix  map[string]*module
	missing   *whyMark // why the module cannot be evaluated
}

// callOf returns the call of that name, nil when it is not declared.
func (m *module) callOf(name string) *callNode {
	if c := m.calls[name]; c != nil {
		return c
	}
	conf := m.conf.calls[name]
	if conf == nil {
		return nil
	}
	c := &callNode{m: m, conf: conf, bySuffix: map[string]*module{}}
	m.calls[name] = c
	return c
}

// expand loads the module and makes its instances.
func (c *callNode) expand() {
	if c.state != fresh {
		if c.state == running {
			c.m.run.note(c.conf.block.at, "reference_cycle", "address", c.address())
		}
		return
	}
	c.state = running
	c.m.run.depth++
	defer func() { c.state = done; c.m.run.depth-- }()
	keys := append(c.m.keys[:len(c.m.keys):len(c.m.keys)], c.conf.name)
	conf := c.load(keys)
	if conf == nil {
		return
	}
	c.expansion = c.m.expand(c.conf.block, "module."+c.conf.name)
	for _, key := range c.expansion.keys {
		child := &module{run: c.m.run, conf: conf, parent: c.m, call: c.conf, scope: key.scope, keys: keys,
			address:     c.address() + key.suffix,
			placeholder: c.m.placeholder || c.expansion.shape == undecided,
			path:        relative(c.m.run.dir, conf.dir),
			accepts:     append(c.conf.accepts[:len(c.conf.accepts):len(c.conf.accepts)], c.m.accepts...)}
		child.prepare()
		c.modules = append(c.modules, child)
		c.bySuffix[key.suffix] = child
	}
}

func (c *callNode) address() string { return c.m.within("module." + c.conf.name) }

// load returns the called module's configuration, nil with the reason in missing when there is none.
func (c *callNode) load(keys []string) *config {
	at, source := c.conf.block.at, shownSource(c.conf.source)
	dir, ok := c.m.run.moduleDir(c.m.conf.dir, keys, c.conf.source)
	switch {
	case len(keys) > maxModuleDepth || c.recursive(dir):
		c.lose(at, because("module_calls_itself", "address", c.address()))
		return nil
	case !ok && isLocal(c.conf.source):
		c.lose(at, because("module_outside_boundary", "address", c.address(), "source", source))
		return nil
	case !ok:
		c.lose(at, because("module_not_on_disk", "address", c.address(), "source", source))
		return nil
	}
	conf, err := c.m.run.parser.load(dir)
	if err != nil || len(conf.order)+len(conf.callOrder)+len(conf.outputs)+len(conf.variables)+len(conf.locals)+len(conf.gaps) == 0 {
		c.lose(at, because("module_not_on_disk", "address", c.address(), "source", source))
		return nil
	}
	return conf
}

// recursive says whether a directory is already being evaluated above this call.
func (c *callNode) recursive(dir string) bool {
	for m := c.m; m != nil; m = m.parent {
		if m.conf.dir == dir {
			return true
		}
	}
	return false
}

// lose records that the module cannot be evaluated.
func (c *callNode) lose(at place, why whyMark) {
	c.missing = &why
	r := c.m.run
	r.gap(at, why.code, why.key1, why.arg1, why.key2, why.arg2)
}

// shownSource returns a module source without the user information and query that it may have.
func shownSource(source string) string {
	source, _, _ = strings.Cut(source, "?")
	if scheme, rest, found := strings.Cut(source, "://"); found {
		if i := strings.LastIndex(rest, "@"); i >= 0 {
			rest = rest[i+1:]
		}
		source = scheme + "://" + rest
	}
	if len(source) > 200 {
		source = source[:200]
	}
	return source
}

// relative returns dir as a path from base; both are slash paths below the boundary.
func relative(base, dir string) string {
	base, dir = path.Clean(base), path.Clean(dir)
	if base == dir {
		return "."
	}
	from, to := parts(base), parts(dir)
	for len(from) > 0 && len(to) > 0 && from[0] == to[0] {
		from, to = from[1:], to[1:]
	}
	return path.Join(strings.Repeat("../", len(from)), strings.Join(to, "/"))
}

func parts(p string) []string {
	if p == "." {
		return nil
	}
	return strings.Split(p, "/")
}

// value returns the module as an expression sees it: its outputs, as far as they are read.
func (c *callNode) value(n *need, x *expression) cty.Value {
	c.expand()
	switch {
	case c.missing != nil:
		return cty.DynamicVal.Mark(*c.missing)
	case c.state == running:
		return unknown("reference_cycle", "address", c.address())
	case c.expansion.shape == undecided:
		return c.undecided(n, x)
	}
	members := map[string]cty.Value{}
	var elements []cty.Value
	for i, child := range c.modules {
		v := cty.EmptyObjectVal
		if key := c.expansion.keys[i]; n.reads(key.suffix) {
			v = child.outputsFor(n, x)
		}
		switch c.expansion.shape {
		case single:
			return v
		case byCount:
			elements = append(elements, v)
		default:
			members[c.expansion.keys[i].key.AsString()] = v
		}
	}
	if c.expansion.shape == byCount {
		return cty.TupleVal(elements)
	}
	return cty.ObjectVal(members)
}

// outputsFor returns the outputs that are read.
func (m *module) outputsFor(n *need, x *expression) cty.Value {
	outputs := map[string]cty.Value{}
	names := sortedKeys(n.attrs)
	if n.whole {
		names = sortedKeys(m.conf.outputs)
	}
	for _, name := range names {
		outputs[name] = m.output(name, x.at)
	}
	return cty.ObjectVal(outputs)
}

// undecided returns the value of a module of which the number is unknown. It refers to what the output of the
// placeholder refers to.
func (c *callNode) undecided(n *need, x *expression) cty.Value {
	marks := reasonsOf(c.expansion.marks)
	names := n.attrs
	if n.whole {
		u := &usedNames{into: map[string]bool{}, types: map[string]bool{}}
		_ = hclsyntax.VisitAll(x.hcl, u.visit)
		names = u.into
	}
	child := c.modules[0]
	read := map[string]bool{}
	for name := range names {
		if child.conf.outputs[name] != nil {
			read[name] = true
		}
	}
	for _, name := range sortedKeys(read) {
		own := withoutDocuments(marksOf(child.output(name, x.at)))
		if len(read) > 1 {
			own = partly(own)
		}
		maps.Copy(marks, own)
	}
	return cty.DynamicVal.WithMarks(marks)
}
