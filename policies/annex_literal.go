package policies

import (
	"cmp"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"unicode"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// notWhole stands for a number that is not a whole number of sensible size.
type notWhole struct{}

// literal returns the value of an attribute as nil, bool, int, string, notWhole, []any or map[string]any. What would
// have to be evaluated is reported, and false returned.
func (r *annexReader) literal(expr hcl.Expression) (any, bool) {
	if !r.json {
		if at, hint := notLiteral(expr); hint != "" {
			r.fail(at, "Not a literal value", hint)
			return nil, false
		}
	}
	v, diags := expr.Value(nil)
	r.diags = append(r.diags, diags...)
	if diags.HasErrors() {
		return nil, false
	}
	value := plain(v)
	if bad := badCharacter(value); bad != "" {
		r.fail(expr.Range(), "Invisible character", bad)
		return nil, false
	}
	return value, true
}

// notLiteral finds the part of an expression that is no literal, and says what to do.
func notLiteral(expr hcl.Expression) (at hcl.Range, hint string) {
	switch e := expr.(type) {
	case *hclsyntax.LiteralValueExpr:
		return at, ""
	case *hclsyntax.TemplateExpr:
		return notLiteralTemplate(e)
	case *hclsyntax.TupleConsExpr:
		for _, part := range e.Exprs {
			if at, hint := notLiteral(part); hint != "" {
				return at, hint
			}
		}
		return at, ""
	case *hclsyntax.ObjectConsExpr:
		for _, item := range e.Items {
			if at, hint := notLiteral(item.ValueExpr); hint != "" {
				return at, hint
			}
		}
		return at, ""
	case *hclsyntax.ScopeTraversalExpr:
		return expr.Range(), fmt.Sprintf("An annex has no variables. If text is meant, write it in quotes: %q.", e.Traversal.RootName())
	case *hclsyntax.FunctionCallExpr:
		return expr.Range(), fmt.Sprintf("An annex calls no functions: write the value instead of %s(...).", clip(e.Name))
	case *hclsyntax.TemplateWrapExpr:
		return expr.Range(), "Nothing is evaluated in an annex: write the value, and $${ where ${ is meant literally."
	}
	return expr.Range(), "Nothing is evaluated in an annex: write a text in quotes, a number, true, false or a list of these."
}

func notLiteralTemplate(e *hclsyntax.TemplateExpr) (at hcl.Range, hint string) {
	for _, part := range e.Parts {
		if _, ok := part.(*hclsyntax.LiteralValueExpr); !ok {
			return part.Range(), "Nothing is evaluated in an annex: write the value, and $${ or %%{ where ${ or %{ is meant literally."
		}
	}
	return at, ""
}

// plain converts a wholly known value.
func plain(v cty.Value) any {
	switch {
	case v.IsNull() || !v.IsKnown():
		return nil
	case v.Type() == cty.String:
		return v.AsString()
	case v.Type() == cty.Bool:
		return v.True()
	case v.Type() == cty.Number:
		return whole(v.AsBigFloat())
	case v.Type().IsTupleType():
		list := make([]any, 0, v.LengthInt())
		for _, e := range v.AsValueSlice() {
			list = append(list, plain(e))
		}
		return list
	}
	object := map[string]any{}
	for name, e := range v.AsValueMap() {
		object[name] = plain(e)
	}
	return object
}

func whole(f *big.Float) any {
	if n, accuracy := f.Int64(); accuracy == big.Exact && n == int64(int(n)) {
		return int(n)
	}
	return notWhole{}
}

// badCharacter says which character of the texts in v a reader or a terminal would not see as it is.
func badCharacter(v any) string {
	switch v := v.(type) {
	case string:
		i := strings.IndexFunc(v, invisible)
		if i < 0 {
			return ""
		}
		return fmt.Sprintf("The text has the character %U, which readers cannot see. Remove it.", []rune(v[i:])[0])
	case []any:
		for _, e := range v {
			if bad := badCharacter(e); bad != "" {
				return bad
			}
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if bad := cmp.Or(badCharacter(name), badCharacter(v[name])); bad != "" {
				return bad
			}
		}
	}
	return ""
}

// invisible says whether c is a control character, or one that changes the direction of what follows.
func invisible(c rune) bool {
	if c == '\n' || c == '\r' || c == '\t' {
		return false
	}
	return unicode.IsControl(c) || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069
}
