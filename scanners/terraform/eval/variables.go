package eval

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/json"
	"github.com/zclconf/go-cty/cty"

	"github.com/tomscan/tomscan/evidence"
)

// input is the value that a root variable is given.
type input struct {
	value cty.Value
	at    place
}

// readVariables reads the values of the root's variables, in Terraform's precedence: the environment, terraform.tfvars,
// terraform.tfvars.json, *.auto.tfvars and *.auto.tfvars.json by name, then the files and values given, in order.
// https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
func (r *run) readVariables(conf *config) {
	for _, name := range sortedKeys(r.opts.Environ) {
		if variable, ok := strings.CutPrefix(name, "TF_VAR_"); ok && conf.variables[variable] != nil {
			r.setText(conf, variable, r.opts.Environ[name], "TF_VAR_"+identifier(variable))
		}
	}
	for _, name := range r.automaticFiles() {
		r.readVariablesFile(conf, name)
	}
	for _, name := range r.opts.VarFiles {
		r.readVariablesFile(conf, name)
	}
	for _, given := range r.opts.Vars {
		name, text, found := strings.Cut(given, "=")
		name = strings.TrimSpace(name)
		if !found || conf.variables[name] == nil {
			r.out.Notes = append(r.out.Notes, evidence.Gap{Reason: evidence.Because("variable_not_declared", "name", identifier(name))})
			continue
		}
		r.setText(conf, name, text, "--var "+identifier(name))
	}
	r.variableLiterals(conf)
}

// automaticFiles returns the variables files that Terraform reads by itself, in order.
func (r *run) automaticFiles() []string {
	entries, err := fs.ReadDir(r.parser.fs, r.dir)
	if err != nil {
		return nil
	}
	var first, auto []string
	for _, e := range entries {
		switch name := e.Name(); {
		case e.IsDir():
		case name == "terraform.tfvars" || name == "terraform.tfvars.json":
			first = append(first, path.Join(r.dir, name))
		case strings.HasSuffix(name, ".auto.tfvars") || strings.HasSuffix(name, ".auto.tfvars.json"):
			auto = append(auto, path.Join(r.dir, name))
		}
	}
	slices.Sort(first)
	slices.Sort(auto)
	return append(first, auto...)
}

// setText gives a variable a value that is written as text: as it is for primitive types, as an expression for others.
func (r *run) setText(conf *config, name, text, origin string) {
	v := conf.variables[name]
	if !v.typ.written || v.typ.ty.IsPrimitiveType() {
		r.inputs[name] = input{value: cty.StringVal(text).Mark(inputMark{name})}
		return
	}
	unread := func() {
		r.out.Notes = append(r.out.Notes, evidence.Gap{Reason: evidence.Because("variable_unreadable", "name", identifier(name), "origin", origin)})
		r.inputs[name] = input{value: unknown("variable_unreadable", "name", identifier(name))}
	}
	if tooNested([]byte(text)) || len(text) > maxFileSize {
		unread()
		return
	}
	e, diags := hclsyntax.ParseExpression([]byte(text), "", hcl.InitialPos)
	if diags.HasErrors() {
		unread()
		return
	}
	value, ok := constantOf(adapt(e))
	if !ok {
		unread()
		return
	}
	r.inputs[name] = input{value: value.Mark(inputMark{name})}
}

// constantOf evaluates an expression that may refer to nothing.
func constantOf(e hcl.Expression) (v cty.Value, ok bool) {
	defer func() {
		if recover() != nil {
			v, ok = cty.DynamicVal, false
		}
	}()
	v, diags := e.Value(nil)
	return v, !diags.HasErrors() && weigh(v, maxWeight) < maxWeight
}

// readVariablesFile reads a .tfvars or .tfvars.json file.
func (r *run) readVariablesFile(conf *config, name string) {
	text, ok := r.opts.Files[name]
	if !ok {
		var err error
		name = path.Clean(name)
		if text, err = r.parser.read(name, maxFileSize); err != nil {
			r.out.Gaps = append(r.out.Gaps, unreadable(name, err))
			return
		}
	}
	src := &source{path: name, text: text, values: true}
	attrs, gap := src.parseValues()
	if gap != nil {
		r.out.Gaps = append(r.out.Gaps, *gap)
	}
	for _, a := range attrs {
		at := src.at(a.Range)
		if conf.variables[a.Name] == nil {
			r.note(at, "variable_not_declared", "name", identifier(a.Name))
			continue
		}
		value, ok := constantOf(a.Expr)
		if !ok {
			r.note(at, "variable_unreadable", "name", identifier(a.Name), "origin", name)
			value = unknown("variable_unreadable", "name", identifier(a.Name))
		}
		r.inputs[a.Name] = input{value, at}
		r.fileLiteral(conf.variables[a.Name], value, at)
	}
}

// parseValues returns the assignments of a variables file by position; those before the first error when there is one.
func (s *source) parseValues() ([]*hcl.Attribute, *evidence.Gap) {
	if tooNested(s.text) {
		return nil, &evidence.Gap{Reason: evidence.Because("file_unreadable", "file", s.path, "cause", "too_nested"),
			At: []evidence.Position{{File: s.path}}}
	}
	parse := hclsyntax.ParseConfig
	if strings.HasSuffix(s.path, ".json") {
		parse = func(text []byte, name string, _ hcl.Pos) (*hcl.File, hcl.Diagnostics) { return json.Parse(text, name) }
	}
	file, diags := parse(s.text, s.path, hcl.InitialPos)
	if file == nil || file.Body == nil {
		return nil, s.syntaxError(invalidFile())
	}
	attrs, attrDiags := file.Body.JustAttributes()
	wrong := firstError(append(diags, attrDiags...))
	var list []*hcl.Attribute
	for _, name := range sortedKeys(attrs) {
		if wrong == nil || attrs[name].Range.End.Line < wrong.Subject.Start.Line {
			list = append(list, attrs[name])
		}
	}
	if wrong != nil {
		return list, s.syntaxError(wrong)
	}
	return list, nil
}
