package eval

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"github.com/tomscan/tomscan/evidence"
)

// config is the configuration of one module directory, its override files merged.
type config struct {
	dir       string
	variables map[string]*variable
	locals    map[string]*attribute
	outputs   map[string]*block
	resources map[string]*resource // by address within the module
	calls     map[string]*moduleCall
	providers map[string]*block // by name or name.alias
	sources   map[string]string // provider local name -> its type
	order     []*resource       // in source order
	callOrder []*moduleCall
	moved     []moved
	used      map[string]bool // attribute names that may be read from a whole resource
	backend   bool            // has a backend or cloud block
	gaps      []evidence.Gap
	notes     []evidence.Gap
}

// variable is a declared input variable.
type variable struct {
	name      string
	block     *block
	typ       constraint
	nullable  bool
	sensitive bool
}

// resource is a resource or data block.
type resource struct {
	address string // aws_x.y or data.aws_x.y
	typ     string
	name    string
	data    bool
	block   *block
	accepts []Accept
}

// moduleCall is a module block.
type moduleCall struct {
	name    string
	source  string
	block   *block
	accepts []Accept
}

// moved is a moved block with addresses within the module.
type moved struct {
	from, to string
	at       place
}

func newConfig(dir string) *config {
	return &config{dir: dir, variables: map[string]*variable{}, locals: map[string]*attribute{}, outputs: map[string]*block{},
		resources: map[string]*resource{}, calls: map[string]*moduleCall{}, providers: map[string]*block{},
		sources: map[string]string{}, used: map[string]bool{}}
}

// add adds a top-level block; override says that it comes from an override file.
func (c *config) add(b *block, override bool) {
	switch b.typ {
	case "resource", "data", "ephemeral":
		c.addResource(b, override)
	case "module":
		c.addCall(b, override)
	case "variable":
		c.addVariable(b, override)
	case "output":
		c.addNamed(c.outputs, b, override)
	case "locals":
		c.addLocals(b, override)
	case "provider":
		c.addProvider(b, override)
	case "terraform":
		c.addTerraform(b)
	case "moved":
		c.addMoved(b)
	case "import", "check", "removed":
	default:
		c.note(b.at, "unsupported_block", "type", identifier(b.typ))
	}
}

// identifier returns a name of the configuration as it may stand in a reason: short, and of harmless characters.
func identifier(name string) string {
	if len(name) > 64 {
		name = name[:64]
	}
	return strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || r == '.' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '?'
	}, name)
}

func (c *config) addResource(b *block, override bool) {
	if len(b.labels) != 2 {
		c.gap(b.at, "malformed_block", "type", b.typ)
		return
	}
	r := &resource{typ: b.labels[0], name: b.labels[1], data: b.typ == "data", block: b}
	r.address = r.typ + "." + r.name
	if b.typ != "resource" {
		r.address = b.typ + "." + r.address
	}
	if old := c.resources[r.address]; old != nil {
		if override {
			old.block = merge(old.block, b)
		} else {
			c.note(b.at, "duplicate_declaration", "address", r.address)
		}
		return
	}
	c.resources[r.address] = r
	if b.typ != "ephemeral" {
		c.order = append(c.order, r)
	}
}

func (c *config) addCall(b *block, override bool) {
	if len(b.labels) != 1 {
		c.gap(b.at, "malformed_block", "type", b.typ)
		return
	}
	m := &moduleCall{name: b.labels[0], block: b}
	if old := c.calls[m.name]; old != nil {
		if override {
			old.block = merge(old.block, b)
			old.source = textOf(old.block.body.expr("source"))
		} else {
			c.note(b.at, "duplicate_declaration", "address", "module."+m.name)
		}
		return
	}
	m.source = textOf(b.body.expr("source"))
	c.calls[m.name] = m
	c.callOrder = append(c.callOrder, m)
}

func (c *config) addVariable(b *block, override bool) {
	if len(b.labels) != 1 {
		c.note(b.at, "malformed_block", "type", b.typ)
		return
	}
	name := b.labels[0]
	if old := c.variables[name]; old != nil {
		if !override {
			c.note(b.at, "duplicate_declaration", "address", "var."+name)
			return
		}
		b = merge(old.block, b)
	}
	v := &variable{name: name, block: b, nullable: true}
	v.typ = newConstraint(b.body.expr("type"))
	v.nullable = flag(b.body.expr("nullable"), true)
	v.sensitive = flag(b.body.expr("sensitive"), false)
	c.variables[name] = v
}

func (c *config) addNamed(into map[string]*block, b *block, override bool) {
	if len(b.labels) != 1 {
		c.note(b.at, "malformed_block", "type", b.typ)
		return
	}
	if old := into[b.labels[0]]; old != nil {
		if !override {
			c.note(b.at, "duplicate_declaration", "address", b.typ+"."+b.labels[0])
			return
		}
		b = merge(old, b)
	}
	into[b.labels[0]] = b
}

func (c *config) addLocals(b *block, override bool) {
	for _, a := range b.body.attrs {
		if c.locals[a.name] != nil && !override {
			c.note(a.at, "duplicate_declaration", "address", "local."+a.name)
			continue
		}
		c.locals[a.name] = a
	}
}

func (c *config) addProvider(b *block, override bool) {
	if len(b.labels) != 1 {
		c.note(b.at, "malformed_block", "type", b.typ)
		return
	}
	name := b.labels[0]
	if alias := textOf(b.body.expr("alias")); alias != "" {
		name += "." + alias
	}
	if old := c.providers[name]; old != nil {
		if !override {
			c.note(b.at, "duplicate_declaration", "address", "provider."+name)
			return
		}
		b = merge(old, b)
	}
	c.providers[name] = b
}

// addTerraform reads what a terraform block says about the backend and the providers' sources.
func (c *config) addTerraform(b *block) {
	for _, nested := range b.body.blocks {
		switch nested.typ {
		case "backend", "cloud":
			c.backend = true
		case "required_providers":
			for _, a := range nested.body.attrs {
				if typ := providerType(a.expr); typ != "" {
					c.sources[a.name] = typ
				}
			}
		}
	}
}

// addMoved reads a moved block.
func (c *config) addMoved(b *block) {
	from, to := addressOf(b.body.expr("from")), addressOf(b.body.expr("to"))
	if from == "" || to == "" {
		c.note(b.at, "malformed_block", "type", b.typ)
		return
	}
	c.moved = append(c.moved, moved{from, to, b.at})
}

func (c *config) gap(at place, code string, keyValues ...string) {
	c.gaps = append(c.gaps, evidence.Gap{Reason: evidence.Because(code, keyValues...), At: []evidence.Position{at.bare()}})
}

func (c *config) note(at place, code string, keyValues ...string) {
	c.notes = append(c.notes, evidence.Gap{Reason: evidence.Because(code, keyValues...), At: []evidence.Position{at.bare()}})
}

// textOf returns the text of a literal, "" for everything else.
func textOf(x *expression) string {
	if x == nil || x.constant == cty.NilVal || x.constant.Type() != cty.String || x.constant.IsNull() {
		return ""
	}
	return x.constant.AsString()
}

// flag returns the value of a literal bool, or the default.
func flag(x *expression, otherwise bool) bool {
	if x == nil || x.constant == cty.NilVal {
		return otherwise
	}
	switch {
	case x.constant.RawEquals(cty.True), x.constant.RawEquals(cty.StringVal("true")):
		return true
	case x.constant.RawEquals(cty.False), x.constant.RawEquals(cty.StringVal("false")):
		return false
	}
	return otherwise
}

// traversalOf returns the traversal that an expression is, also when it is written as a text.
func traversalOf(x *expression) hcl.Traversal {
	if x == nil {
		return nil
	}
	if text := textOf(x); text != "" {
		return parseTraversal(text)
	}
	t, diags := hcl.AbsTraversalForExpr(x.hcl)
	if diags.HasErrors() {
		return nil
	}
	return t
}
