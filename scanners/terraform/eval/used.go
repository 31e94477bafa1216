package eval

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// collectUsed collects the attribute names that the module's expressions may read from a whole resource: one that was
// passed through a variable, a local value, an output, or a for expression. Names that are read from a resource by its
// address are not among them.
func (c *config) collectUsed() {
	u := &usedNames{into: c.used, types: map[string]bool{}}
	for _, r := range c.resources {
		u.types[r.typ] = true
	}
	for _, a := range c.locals {
		u.expression(a.expr)
	}
	for _, r := range c.resources {
		u.body(r.block.body)
	}
	for _, m := range c.calls {
		u.body(m.block.body)
	}
	for _, b := range c.outputs {
		u.body(b.body)
	}
	for _, b := range c.providers {
		u.body(b.body)
	}
}

type usedNames struct {
	into  map[string]bool
	types map[string]bool // resource types of the module
}

func (u *usedNames) body(b *body) {
	for _, a := range b.attrs {
		u.expression(a.expr)
	}
	for _, nested := range b.blocks {
		u.body(nested.body)
	}
}

func (u *usedNames) expression(x *expression) {
	if x.constant != cty.NilVal {
		return
	}
	if _, simple := x.hcl.(*hclsyntax.ScopeTraversalExpr); !simple {
		_ = hclsyntax.VisitAll(x.hcl, u.visit)
		return
	}
	u.node(x.hcl)
}

func (u *usedNames) visit(n hclsyntax.Node) hcl.Diagnostics {
	u.node(n)
	return nil
}

func (u *usedNames) node(n hclsyntax.Node) {
	switch n := n.(type) {
	case *hclsyntax.ScopeTraversalExpr:
		u.steps(n.Traversal[min(len(n.Traversal), u.skipped(n.Traversal.RootName())):])
	case *hclsyntax.RelativeTraversalExpr:
		u.steps(n.Traversal)
	}
}

// skipped returns how many steps of a traversal name something else than an attribute of a resource.
func (u *usedNames) skipped(root string) int {
	switch {
	case root == "var" || root == "local" || root == "each" || root == "module":
		return 2
	case root == "path" || root == "terraform" || root == "count":
		return 1 << 20
	case root == "data":
		return 4
	case u.types[root]:
		return 3
	}
	return 1
}

func (u *usedNames) steps(t hcl.Traversal) {
	for _, s := range t {
		if name, ok := step(s); ok {
			u.into[name] = true
		}
	}
}
