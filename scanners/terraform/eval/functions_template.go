package eval

import (
	"errors"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// maxTemplates bounds templates that render templates.
const maxTemplates = 16

// errTemplate is the error of a template that cannot be rendered; HCL's own could show its text.
var errTemplate = errors.New("the template cannot be rendered")

func (r *run) templatefileFunction() function.Function {
	params := []function.Parameter{{Name: "path", Type: cty.String, AllowUnknown: true, AllowMarked: true}, anyParam("vars")}
	return dynamicFunction(params, nil, func(args []cty.Value) (cty.Value, error) {
		name, marks := args[0].Unmark()
		if !name.IsKnown() {
			return cty.UnknownVal(cty.String).WithMarks(partly(marks)), nil
		}
		text, err := r.readText(name.AsString())
		if err != nil {
			return cty.NilVal, err
		}
		v, err := r.render(text, name.AsString(), args[1])
		return v.WithMarks(partly(marks)), err
	})
}

func (r *run) templatestringFunction() function.Function {
	params := []function.Parameter{{Name: "template", Type: cty.String, AllowUnknown: true, AllowMarked: true}, anyParam("vars")}
	return dynamicFunction(params, nil, func(args []cty.Value) (cty.Value, error) {
		text, marks := args[0].Unmark()
		if !text.IsKnown() {
			return cty.UnknownVal(cty.String).WithMarks(partly(marks)), nil
		}
		v, err := r.render(text.AsString(), "template", args[1])
		return v.WithMarks(partly(marks)), err
	})
}

// render renders a template with variables, given as a map or object.
func (r *run) render(text, name string, vars cty.Value) (cty.Value, error) {
	vars, marks := vars.Unmark()
	ty := vars.Type()
	if !vars.IsKnown() {
		return cty.UnknownVal(cty.String).WithMarks(partly(marks)), nil
	}
	if r.templates >= maxTemplates || vars.IsNull() || !ty.IsMapType() && !ty.IsObjectType() || tooNested([]byte(text)) {
		return cty.UnknownVal(cty.String), errTemplate
	}
	r.templates++
	defer func() { r.templates-- }()
	e, diags := hclsyntax.ParseTemplate([]byte(text), name, hcl.InitialPos)
	if diags.HasErrors() {
		return cty.UnknownVal(cty.String), errTemplate
	}
	ctx := r.base.NewChild()
	ctx.Variables = map[string]cty.Value{}
	for it := vars.ElementIterator(); it.Next(); {
		key, v := it.Element()
		ctx.Variables[key.AsString()] = v
	}
	v, diags := adapt(e).Value(ctx)
	if diags.HasErrors() {
		return cty.UnknownVal(cty.String), errTemplate
	}
	return v.WithMarks(partly(marks)), nil
}
