package eval

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// budgetName is the variable under which an evaluation context holds its root's run; no configuration can name it.
const budgetName = "\x00run"

// call is a function call. A function that a provider defines, and one that reads the time or makes up values, is
// unknown with that reason.
type call struct{ *hclsyntax.FunctionCallExpr }

// Value calls the function.
func (c *call) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	if isProviderFunction(c.Name) {
		return unknown("provider_function", "name", c.Name), nil
	}
	v, diags := c.FunctionCallExpr.Value(ctx)
	if c.ExpandFinal && !diags.HasErrors() && !v.IsKnown() && !v.IsMarked() && len(c.Args) > 0 {
		last, _ := c.Args[len(c.Args)-1].Value(ctx)
		v = v.WithMarks(partly(marksOf(last)))
	}
	return v, diags
}

// loop is a for expression; HCL's own forgets why a collection of unknown type is unknown.
type loop struct{ *hclsyntax.ForExpr }

// Value runs the loop.
func (l *loop) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	coll, diags := l.CollExpr.Value(ctx)
	if diags.HasErrors() {
		return cty.DynamicVal, diags
	}
	if plain, marks := coll.Unmark(); !plain.IsKnown() {
		return cty.DynamicVal.WithMarks(partly(marks)), nil
	} else if lengthOf(plain) > maxElements {
		return unknown("value_too_large"), nil
	}
	once := *l.ForExpr
	once.CollExpr = &given{LiteralValueExpr: &hclsyntax.LiteralValueExpr{Val: coll, SrcRange: l.CollExpr.Range()}}
	return once.Value(ctx)
}

// counted is the body of a loop, whose runs are counted.
type counted struct{ hclsyntax.Expression }

// Value runs the body once.
func (c *counted) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	if r, above := runOf(ctx); r != nil && !r.spend(1+above/8) {
		return unknown("too_much_work"), nil
	}
	return c.Expression.Value(ctx)
}

// given is an expression that was evaluated already.
type given struct {
	*hclsyntax.LiteralValueExpr
	diags hcl.Diagnostics
}

// Value returns the value and its diagnostics.
func (g *given) Value(*hcl.EvalContext) (cty.Value, hcl.Diagnostics) { return g.Val, g.diags }

// runOf returns the run that ctx belongs to, and how many contexts it is below.
func runOf(ctx *hcl.EvalContext) (r *run, above int) {
	for ; ctx != nil; ctx = ctx.Parent() {
		if v, ok := ctx.Variables[budgetName]; ok {
			return v.EncapsulatedValue().(*run), above
		}
		above++
	}
	return nil, above
}
