package eval

import (
	"cmp"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// body is a block's content in one form for the native and the JSON syntax: attributes and blocks in source order.
type body struct {
	attrs  []*attribute
	blocks []*block
}

// attribute is one written attribute.
type attribute struct {
	name string
	expr *expression
	at   place
}

// block is one written block.
type block struct {
	typ    string
	labels []string
	body   *body
	at     place // its header
	whole  place // header to closing brace
}

// expression is an expression with what it refers to.
type expression struct {
	hcl      hclsyntax.Expression
	refs     []reference
	constant cty.Value // its value when it is a literal, otherwise cty.NilVal
	at       place
}

// reference is one traversal of an expression from a root name.
type reference struct {
	root  string
	steps hcl.Traversal // after the root name
}

// get returns the attribute of that name, nil when it is not written.
func (b *body) get(name string) *attribute {
	for _, a := range b.attrs {
		if a.name == name {
			return a
		}
	}
	return nil
}

// expr returns the expression of the attribute of that name, nil when it is not written.
func (b *body) expr(name string) *expression {
	if a := b.get(name); a != nil {
		return a.expr
	}
	return nil
}

// first returns the first block of a type, nil when there is none.
func (b *body) first(typ string) *block {
	for _, nested := range b.blocks {
		if nested.typ == typ {
			return nested
		}
	}
	return nil
}

// newBody turns a native body into a body.
func (s *source) newBody(from *hclsyntax.Body) *body {
	b := &body{}
	if len(from.Attributes) > 0 {
		b.attrs = make([]*attribute, 0, len(from.Attributes))
	}
	for _, a := range from.Attributes {
		b.attrs = append(b.attrs, &attribute{name: a.Name, expr: s.newExpression(a.Expr), at: s.at(a.SrcRange)})
	}
	slices.SortFunc(b.attrs, func(x, y *attribute) int { return cmp.Compare(x.at.start, y.at.start) })
	for _, nested := range from.Blocks {
		b.blocks = append(b.blocks, s.newBlock(nested))
	}
	return b
}

// newBlock turns a native block into a block.
func (s *source) newBlock(from *hclsyntax.Block) *block {
	whole := hcl.RangeBetween(from.TypeRange, from.CloseBraceRange)
	return &block{typ: from.Type, labels: from.Labels, body: s.newBody(from.Body),
		at: s.at(from.DefRange()), whole: s.at(whole)}
}

// newExpression prepares an expression: it changes the tree that it is given.
func (s *source) newExpression(e hclsyntax.Expression) *expression {
	x := &expression{hcl: adapt(e), constant: cty.NilVal, at: s.at(e.Range())}
	if v, ok := literal(e); ok {
		x.constant = v
		return x
	}
	for _, t := range hclsyntax.Variables(x.hcl) {
		x.refs = append(x.refs, reference{root: t.RootName(), steps: t[1:]})
	}
	return x
}

// literal returns the value of a number, a bool, null, or a text without interpolation.
func literal(e hclsyntax.Expression) (cty.Value, bool) {
	switch e := e.(type) {
	case *hclsyntax.LiteralValueExpr:
		return e.Val, true
	case *hclsyntax.TemplateExpr:
		if len(e.Parts) == 0 {
			return cty.StringVal(""), true
		}
		if e.IsStringLiteral() {
			v, diags := e.Parts[0].Value(nil)
			return v, !diags.HasErrors() && v.Type() == cty.String
		}
	}
	return cty.NilVal, false
}

// step returns the name of an attribute step, or the string key of an index step.
func step(t hcl.Traverser) (string, bool) {
	switch t := t.(type) {
	case hcl.TraverseAttr:
		return t.Name, true
	case hcl.TraverseIndex:
		if t.Key.Type() == cty.String && t.Key.IsKnown() && !t.Key.IsNull() {
			return t.Key.AsString(), true
		}
	}
	return "", false
}
