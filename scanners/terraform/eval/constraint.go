package eval

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// constraint is a variable's type constraint with the defaults of its optional attributes.
type constraint struct {
	ty       cty.Type
	defaults *typeexpr.Defaults
	written  bool
	broken   bool
}

// newConstraint reads a type expression; the JSON syntax has it as a text.
func newConstraint(x *expression) constraint {
	if x == nil {
		return constraint{ty: cty.DynamicPseudoType}
	}
	e := x.hcl
	if text := textOf(x); text != "" {
		if tooNested([]byte(text)) {
			return constraint{ty: cty.DynamicPseudoType, written: true, broken: true}
		}
		parsed, diags := hclsyntax.ParseExpression([]byte(text), "", hcl.InitialPos)
		if diags.HasErrors() {
			return constraint{ty: cty.DynamicPseudoType, written: true, broken: true}
		}
		e = parsed
	}
	ty, defaults, diags := typeexpr.TypeConstraintWithDefaults(e)
	if diags.HasErrors() {
		return constraint{ty: cty.DynamicPseudoType, written: true, broken: true}
	}
	return constraint{ty: ty, defaults: defaults, written: true}
}

// convert converts v to the type, with the defaults of attributes that v leaves out.
func (c constraint) convert(v cty.Value) (cty.Value, error) {
	if c.defaults != nil && v.IsKnown() && !v.IsNull() {
		v = c.defaults.Apply(v)
	}
	return convert.Convert(v, c.ty)
}

// unknown returns an unknown value of the type.
func (c constraint) unknown() cty.Value { return cty.UnknownVal(c.ty.WithoutOptionalAttributesDeep()) }
