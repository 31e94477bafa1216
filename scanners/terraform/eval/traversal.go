package eval

import (
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// parseTraversal parses a reference that is written as a text, nil when it is none.
func parseTraversal(text string) hcl.Traversal {
	if len(text) > 1000 || tooNested([]byte(text)) {
		return nil
	}
	t, diags := hclsyntax.ParseTraversalAbs([]byte(text), "", hcl.InitialPos)
	if diags.HasErrors() {
		return nil
	}
	return t
}

// addressOf returns the address that an expression is, "" when it is none.
func addressOf(x *expression) string {
	t := traversalOf(x)
	if t == nil {
		return ""
	}
	var out strings.Builder
	out.WriteString(t.RootName())
	for _, s := range t[1:] {
		switch s := s.(type) {
		case hcl.TraverseAttr:
			out.WriteString("." + s.Name)
		case hcl.TraverseIndex:
			if !isKey(s.Key) {
				return ""
			}
			out.WriteString(keySuffix(s.Key))
		default:
			return ""
		}
	}
	return out.String()
}

// isKey says whether v can be an instance key.
func isKey(v cty.Value) bool {
	return !v.IsMarked() && v.IsKnown() && !v.IsNull() && (v.Type() == cty.String || v.Type() == cty.Number && !heavy(v))
}

// keySuffix returns an instance key as addresses have it: [0] or ["x"].
func keySuffix(key cty.Value) string {
	if key.Type() == cty.Number {
		return "[" + key.AsBigFloat().Text('f', 0) + "]"
	}
	return "[" + QuoteKey(key.AsString()) + "]"
}

// QuoteKey returns a key in quotes, as Terraform writes it in addresses.
func QuoteKey(key string) string {
	quoted := strconv.Quote(key)
	return strings.ReplaceAll(strings.ReplaceAll(quoted, "${", "$${"), "%{", "%%{")
}

// providerType returns the type of a provider from its entry in required_providers: the last part of its source.
func providerType(x *expression) string {
	object, ok := x.hcl.(*hclsyntax.ObjectConsExpr)
	if !ok {
		return ""
	}
	for _, item := range object.Items {
		key, keyDiags := item.KeyExpr.Value(nil)
		value, valueDiags := item.ValueExpr.Value(nil)
		if keyDiags.HasErrors() || valueDiags.HasErrors() || key.Type() != cty.String || value.Type() != cty.String ||
			!key.IsKnown() || !value.IsKnown() || value.IsNull() || key.AsString() != "source" {
			continue
		}
		text := value.AsString()
		return text[strings.LastIndex(text, "/")+1:]
	}
	return ""
}
