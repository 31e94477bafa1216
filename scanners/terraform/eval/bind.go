package eval

import (
	"errors"
	"strconv"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// scope holds names that are known in a part of a module only: each, count, and the iterators of dynamic blocks.
type scope struct {
	name  string
	value cty.Value
	up    *scope
}

// with returns s with one more name.
func (s *scope) with(name string, value cty.Value) *scope { return &scope{name, value, s} }

// find returns the value of a name.
func (s *scope) find(name string) (cty.Value, bool) {
	for ; s != nil; s = s.up {
		if s.name == name {
			return s.value, true
		}
	}
	return cty.NilVal, false
}

// eval evaluates an expression. An expression that fails is unknown, and noted.
func (m *module) eval(x *expression, s *scope) cty.Value {
	if x.constant != cty.NilVal {
		return x.constant
	}
	v, failure := m.try(x, s)
	if failure == nil {
		return v
	}
	m.run.note(x.at, failure.code, failure.key1, failure.arg1, failure.key2, failure.arg2)
	return cty.DynamicVal.Mark(*failure)
}

// try evaluates an expression, and returns why it fails.
func (m *module) try(x *expression, s *scope) (v cty.Value, failure *whyMark) {
	depth := m.run.depth
	defer func() {
		if recover() != nil {
			m.run.depth = depth
			v, failure = cty.DynamicVal, m.failed(x, "expression_crashed")
		}
	}()
	ctx := m.bind(x, s)
	v, diags := x.hcl.Value(ctx)
	if !diags.HasErrors() {
		return v, nil
	}
	for _, d := range diags {
		if call, ok := hcl.DiagnosticExtra[hclsyntax.FunctionCallDiagExtra](d); ok && call.CalledFunctionName() != "" {
			code := "function_failed"
			if errors.Is(call.FunctionCallError(), errOutside) {
				code = "file_outside_boundary"
			}
			why := because(code, "name", call.CalledFunctionName(), "at", m.where(x))
			return cty.DynamicVal, &why
		}
		if call, ok := hcl.DiagnosticExtra[hclsyntax.FunctionCallUnknownDiagExtra](d); ok {
			why := because("unknown_function", "name", identifier(call.CalledFunctionName()), "at", m.where(x))
			return cty.DynamicVal, &why
		}
	}
	return cty.DynamicVal, m.failed(x, "expression_failed")
}

func (m *module) failed(x *expression, code string) *whyMark {
	why := because(code, "at", m.where(x))
	return &why
}

// where returns the file and line of an expression.
func (m *module) where(x *expression) string {
	if x.at.src == nil {
		return ""
	}
	return x.at.src.path + ":" + strconv.Itoa(int(x.at.line))
}

// bind returns a context with exactly the values that an expression refers to.
func (m *module) bind(x *expression, s *scope) *hcl.EvalContext {
	ctx := m.run.base.NewChild()
	if len(x.refs) == 0 {
		return ctx
	}
	b := &binding{groups: map[string]map[string]cty.Value{}}
	ctx.Variables = make(map[string]cty.Value, len(x.refs))
	for _, ref := range x.refs {
		if v, ok := s.find(ref.root); ok {
			ctx.Variables[ref.root] = v
			continue
		}
		m.bindReference(b, x, ref)
	}
	for root, members := range b.groups {
		if data, ok := b.data[root]; ok {
			for typ, names := range data {
				members[typ] = cty.ObjectVal(names)
			}
		}
		ctx.Variables[root] = cty.ObjectVal(members)
	}
	for root, v := range b.whole {
		ctx.Variables[root] = v
	}
	return ctx
}

// binding collects the values of an expression's references.
type binding struct {
	groups map[string]map[string]cty.Value            // var, local, module, and resource types
	data   map[string]map[string]map[string]cty.Value // data, resource and ephemeral: type -> name
	whole  map[string]cty.Value
	needs  map[string]*need
}

func (b *binding) member(root, name string, v cty.Value) {
	if b.groups[root] == nil {
		b.groups[root] = map[string]cty.Value{}
	}
	if name != "" {
		b.groups[root][name] = v
	}
}

// bindReference adds the value of one reference.
func (m *module) bindReference(b *binding, x *expression, ref reference) {
	name := ""
	if len(ref.steps) > 0 {
		name, _ = step(ref.steps[0])
	}
	switch ref.root {
	case "var", "local":
		b.member(ref.root, "", cty.NilVal)
		if name == "" {
			return
		}
		if ref.root == "var" {
			b.member("var", name, m.variable(name, x.at))
		} else {
			b.member("local", name, m.local(name, x.at))
		}
	case "path":
		b.put("path", m.paths())
	case "terraform":
		b.put("terraform", m.terraform())
	case "each", "count", "self":
		b.put(ref.root, unknown("not_available_here", "name", ref.root))
	case "module":
		m.bindModule(b, x, ref)
	case "data", "resource", "ephemeral":
		m.bindQualified(b, x, ref)
	default:
		m.bindResource(b, x, ref)
	}
}

func (b *binding) put(root string, v cty.Value) {
	if b.whole == nil {
		b.whole = map[string]cty.Value{}
	}
	b.whole[root] = v
}

// paths returns the value of path.
func (m *module) paths() cty.Value {
	return cty.ObjectVal(map[string]cty.Value{"module": cty.StringVal(m.path), "root": cty.StringVal("."),
		"cwd": cty.UnknownVal(cty.String).Mark(because("function_reads_machine", "name", "path.cwd"))})
}

// terraform returns the value of terraform.
func (m *module) terraform() cty.Value {
	workspace := cty.UnknownVal(cty.String).RefineNotNull().Mark(because("workspace_not_given"))
	if m.run.opts.Workspace != "" {
		workspace = cty.StringVal(m.run.opts.Workspace)
	}
	return cty.ObjectVal(map[string]cty.Value{"workspace": workspace,
		"applying": cty.UnknownVal(cty.Bool).Mark(because("function_reads_time", "name", "terraform.applying"))})
}
