package eval

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/json"
	"github.com/zclconf/go-cty/cty"

	"github.com/tomscan/tomscan/evidence"
)

// labelCount is how many labels the blocks of a type have, at the top of a file.
func labelCount(typ string) int {
	switch typ {
	case "resource", "data", "ephemeral":
		return 2
	case "module", "variable", "output", "provider", "check":
		return 1
	}
	return 0
}

// parseJSON returns the top-level blocks of a file in the JSON syntax.
// https://developer.hashicorp.com/terraform/language/syntax/json
func (s *source) parseJSON() ([]*block, *evidence.Gap) {
	file, diags := json.Parse(s.text, s.path)
	if wrong := firstError(diags); wrong != nil {
		return nil, s.syntaxError(wrong)
	}
	attrs, diags := file.Body.JustAttributes()
	if wrong := firstError(diags); wrong != nil {
		return nil, s.syntaxError(wrong)
	}
	var blocks []*block
	for _, name := range sortedKeys(attrs) {
		if name != "//" {
			blocks = append(blocks, s.jsonBlocks(name, nil, labelCount(name), attrs[name].Expr, attrs[name].Range)...)
		}
	}
	return blocks, nil
}

// jsonBlocks returns the blocks of a type in an expression, in which so many labels are still to come.
func (s *source) jsonBlocks(typ string, labels []string, missing int, e hcl.Expression, at hcl.Range) []*block {
	var blocks []*block
	if list, diags := hcl.ExprList(e); !diags.HasErrors() {
		for _, element := range list {
			blocks = append(blocks, s.jsonBlocks(typ, labels, missing, element, at)...)
		}
		return blocks
	}
	pairs, diags := hcl.ExprMap(e)
	if diags.HasErrors() {
		return nil
	}
	if missing == 0 {
		return []*block{{typ: typ, labels: labels, body: s.jsonBody(typ, pairs), at: s.at(at), whole: s.at(hcl.RangeBetween(at, e.Range()))}}
	}
	for _, pair := range pairs {
		if label, ok := keyText(pair.Key); ok && label != "//" {
			with := append(labels[:len(labels):len(labels)], label)
			blocks = append(blocks, s.jsonBlocks(typ, with, missing-1, pair.Value, hcl.RangeBetween(pair.Key.Range(), pair.Value.StartRange()))...)
		}
	}
	return blocks
}

// jsonBody returns the body of a block of the given type.
func (s *source) jsonBody(typ string, pairs []hcl.KeyValuePair) *body {
	b := &body{}
	for _, pair := range pairs {
		name, ok := keyText(pair.Key)
		if !ok || name == "//" {
			continue
		}
		at := hcl.RangeBetween(pair.Key.Range(), pair.Value.Range())
		if labels, nested := jsonNested(typ, name); nested {
			b.blocks = append(b.blocks, s.jsonBlocks(name, nil, labels, pair.Value, at)...)
			continue
		}
		b.attrs = append(b.attrs, &attribute{name: name, expr: s.jsonExpression(pair.Value), at: s.at(at)})
	}
	return b
}

// jsonNested says which members of a block are blocks rather than attributes, and how many labels they have. Nested
// blocks of resources look like attributes, which readers treat alike.
func jsonNested(typ, name string) (labels int, nested bool) {
	switch typ {
	case "terraform":
		if name == "backend" {
			return 1, true
		}
		return 0, name == "required_providers" || name == "cloud"
	case "resource", "data", "content":
		switch name {
		case "dynamic":
			return 1, true
		case "lifecycle", "connection":
			return 0, true
		case "provisioner":
			return 1, true
		}
	case "dynamic":
		return 0, name == "content"
	}
	return 0, false
}

func (s *source) jsonExpression(e hcl.Expression) *expression { return s.newExpression(s.native(e)) }

// native returns a JSON expression as one of the native syntax: texts are templates.
func (s *source) native(e hcl.Expression) hclsyntax.Expression {
	if list, diags := hcl.ExprList(e); !diags.HasErrors() {
		tuple := &hclsyntax.TupleConsExpr{SrcRange: e.Range(), OpenRange: e.StartRange()}
		for _, element := range list {
			tuple.Exprs = append(tuple.Exprs, s.native(element))
		}
		return tuple
	}
	if pairs, diags := hcl.ExprMap(e); !diags.HasErrors() {
		object := &hclsyntax.ObjectConsExpr{SrcRange: e.Range(), OpenRange: e.StartRange()}
		for _, pair := range pairs {
			if key, ok := keyText(pair.Key); ok && key != "//" {
				object.Items = append(object.Items, hclsyntax.ObjectConsItem{
					KeyExpr: s.nativeText(key, pair.Key.Range()), ValueExpr: s.native(pair.Value)})
			}
		}
		return object
	}
	v, diags := e.Value(nil)
	if diags.HasErrors() {
		v = cty.DynamicVal
	}
	if v.Type() == cty.String && v.IsKnown() && !v.IsNull() {
		return s.nativeText(v.AsString(), e.Range())
	}
	return &hclsyntax.LiteralValueExpr{Val: v, SrcRange: e.Range()}
}

// nativeText returns a JSON text as a template.
func (s *source) nativeText(text string, at hcl.Range) hclsyntax.Expression {
	start := at.Start
	start.Byte++
	start.Column++
	if tooNested([]byte(text)) {
		return &hclsyntax.LiteralValueExpr{Val: unknown("value_too_large"), SrcRange: at}
	}
	e, diags := hclsyntax.ParseTemplate([]byte(text), s.path, start)
	if diags.HasErrors() {
		return &hclsyntax.LiteralValueExpr{Val: unknown("expression_failed", "file", s.path), SrcRange: at}
	}
	return e
}

// keyText returns the text of a JSON object's key.
func keyText(e hcl.Expression) (string, bool) {
	v, diags := e.Value(nil)
	if diags.HasErrors() || v.Type() != cty.String || v.IsNull() || !v.IsKnown() {
		return "", false
	}
	return v.AsString(), true
}
