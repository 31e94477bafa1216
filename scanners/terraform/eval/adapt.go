package eval

import (
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// adapt replaces the nodes of a tree whose evaluation loses what is known about unknown values: templates,
// conditionals, for expressions and calls. It changes the tree in place and returns its new top.
func adapt(e hclsyntax.Expression) hclsyntax.Expression {
	switch e := e.(type) {
	case *hclsyntax.TemplateExpr:
		adaptAll(e.Parts)
		return &template{e}
	case *hclsyntax.TemplateWrapExpr:
		e.Wrapped = adapt(e.Wrapped)
	case *hclsyntax.TemplateJoinExpr:
		e.Tuple = adapt(e.Tuple)
	case *hclsyntax.ConditionalExpr:
		e.Condition, e.TrueResult, e.FalseResult = adapt(e.Condition), adapt(e.TrueResult), adapt(e.FalseResult)
		return &conditional{e}
	case *hclsyntax.ForExpr:
		return adaptFor(e)
	case *hclsyntax.FunctionCallExpr:
		adaptAll(e.Args)
		e.Name = strings.TrimPrefix(e.Name, "core::")
		return &call{e}
	case *hclsyntax.BinaryOpExpr:
		e.LHS, e.RHS = adapt(e.LHS), adapt(e.RHS)
	case *hclsyntax.UnaryOpExpr:
		e.Val = adapt(e.Val)
	case *hclsyntax.ParenthesesExpr:
		e.Expression = adapt(e.Expression)
	case *hclsyntax.IndexExpr:
		e.Collection, e.Key = adapt(e.Collection), adapt(e.Key)
	case *hclsyntax.SplatExpr:
		e.Source, e.Each = adapt(e.Source), adapt(e.Each)
	case *hclsyntax.RelativeTraversalExpr:
		e.Source = adapt(e.Source)
	case *hclsyntax.TupleConsExpr:
		adaptAll(e.Exprs)
	case *hclsyntax.ObjectConsExpr:
		adaptItems(e.Items)
	}
	return e
}

func adaptAll(list []hclsyntax.Expression) {
	for i := range list {
		list[i] = adapt(list[i])
	}
}

func adaptItems(items []hclsyntax.ObjectConsItem) {
	for i := range items {
		if key, ok := items[i].KeyExpr.(*hclsyntax.ObjectConsKeyExpr); ok {
			key.Wrapped = adapt(key.Wrapped)
		} else {
			items[i].KeyExpr = adapt(items[i].KeyExpr)
		}
		items[i].ValueExpr = adapt(items[i].ValueExpr)
	}
}

func adaptFor(e *hclsyntax.ForExpr) hclsyntax.Expression {
	e.CollExpr, e.ValExpr = adapt(e.CollExpr), adapt(e.ValExpr)
	if e.KeyExpr != nil {
		e.KeyExpr = adapt(e.KeyExpr)
	}
	if e.CondExpr != nil {
		e.CondExpr = adapt(e.CondExpr)
	}
	e.ValExpr = &counted{e.ValExpr}
	return &loop{e}
}
