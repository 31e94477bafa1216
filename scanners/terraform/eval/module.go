package eval

import (
	"github.com/zclconf/go-cty/cty"

	"github.com/tomscan/tomscan/evidence"
)

// module is one instance of a module: the root, or one instance of a call.
type module struct {
	run         *run
	conf        *config
	parent      *module
	call        *moduleCall // nil for the root
	scope       *scope      // in which the call's arguments are evaluated
	keys        []string    // names of the calls that lead here
	address     string      // module.a["x"]; empty for the root
	path        string      // path.module
	placeholder bool        // stands for an unknown number of instances
	accepts     []Accept
	called      []evidence.Position // the calls that lead here, innermost first; made when first asked for
	values      map[string]*memo    // variables, locals and outputs
	nodes       map[string]*node
	calls       map[string]*callNode
	providers   map[string]*provider // by name or name.alias
}

// memo is a value that is evaluated once.
type memo struct {
	state state
	value cty.Value
}

// state is how far an evaluation is.
type state uint8

const (
	fresh state = iota
	running
	done
)

func (m *module) prepare() {
	m.values, m.nodes, m.calls = map[string]*memo{}, map[string]*node{}, map[string]*callNode{}
	m.providers = map[string]*provider{}
}

// within returns the address of something in m.
func (m *module) within(address string) string {
	if m.address == "" {
		return address
	}
	return m.address + "." + address
}

// once evaluates a named value once. A value that needs itself is unknown, and so is one that needs too many others.
func (m *module) once(kind, name string, at place, evaluate func() cty.Value) cty.Value {
	key := kind + "." + name
	cell := m.values[key]
	if cell == nil {
		cell = &memo{}
		m.values[key] = cell
	}
	return m.run.once(cell, m.within(key), at, evaluate)
}

func (r *run) once(cell *memo, address string, at place, evaluate func() cty.Value) cty.Value {
	switch {
	case cell.state == done:
		return cell.value
	case cell.state == running:
		r.note(at, "reference_cycle", "address", address)
		return unknown("reference_cycle", "address", address)
	case r.depth >= maxDepth:
		r.note(at, "references_too_deep", "address", address)
		return unknown("references_too_deep", "address", address)
	}
	cell.state = running
	r.depth++
	v := evaluate()
	r.depth--
	if weigh(v, maxWeight) >= maxWeight {
		r.note(at, "value_too_large", "address", address)
		v = unknown("value_too_large")
	}
	cell.state, cell.value = done, v
	return v
}

// variable returns the value of an input variable.
func (m *module) variable(name string, at place) cty.Value {
	v := m.conf.variables[name]
	if v == nil {
		return m.undeclared(at, "var."+name)
	}
	return m.once("var", name, v.block.at, func() cty.Value {
		value := m.given(v)
		if v.sensitive {
			value = value.Mark(sensitiveMark{})
		}
		return value
	})
}

// given returns the value that a variable is given, or its default.
func (m *module) given(v *variable) cty.Value {
	if v.typ.broken {
		m.run.note(v.block.at, "variable_type_unreadable", "name", identifier(v.name))
	}
	raw, where := m.argument(v)
	if raw == cty.NilVal || isNull(raw) && !v.nullable {
		fallback := v.block.body.get("default")
		if fallback == nil {
			if raw != cty.NilVal {
				return v.typ.unknown().Mark(because("variable_is_null", "name", m.within("var."+v.name)))
			}
			return v.typ.unknown().Mark(because("variable_without_value", "name", m.variableName(v.name)))
		}
		raw, where = m.eval(fallback.expr, nil), fallback.at
	}
	value, err := v.typ.convert(raw)
	if err != nil {
		m.run.note(where, "variable_type_mismatch", "name", identifier(v.name))
		return v.typ.unknown().Mark(because("variable_type_mismatch", "name", m.variableName(v.name)))
	}
	return value
}

// variableName returns how a reader finds a variable: by its name in the root, with the module's address elsewhere.
func (m *module) variableName(name string) string {
	if m.address == "" {
		return name
	}
	return m.address + ".var." + name
}

// argument returns what the caller gives for a variable, cty.NilVal when it gives nothing.
func (m *module) argument(v *variable) (cty.Value, place) {
	if m.call == nil {
		in, ok := m.run.inputs[v.name]
		if !ok {
			return cty.NilVal, place{}
		}
		return in.value, in.at
	}
	a := m.call.block.body.get(v.name)
	if a == nil {
		return cty.NilVal, place{}
	}
	return m.parent.eval(a.expr, m.scope), a.at
}

func isNull(v cty.Value) bool {
	v, _ = v.Unmark()
	return v.IsKnown() && v.IsNull()
}

// local returns a local value.
func (m *module) local(name string, at place) cty.Value {
	a := m.conf.locals[name]
	if a == nil {
		return m.undeclared(at, "local."+name)
	}
	return m.once("local", name, a.at, func() cty.Value { return m.eval(a.expr, nil) })
}

// output returns the value of an output.
func (m *module) output(name string, at place) cty.Value {
	b := m.conf.outputs[name]
	if b == nil {
		if len(m.conf.gaps) > 0 {
			return unknown("module_unreadable", "address", m.address)
		}
		return m.undeclared(at, "output."+name)
	}
	return m.once("output", name, b.at, func() cty.Value {
		x := b.body.expr("value")
		if x == nil {
			return cty.NullVal(cty.DynamicPseudoType)
		}
		v := m.eval(x, nil)
		if flag(b.body.expr("sensitive"), false) {
			v = v.Mark(sensitiveMark{})
		}
		return v
	})
}

// undeclared returns the value of a reference to something that the module does not declare.
func (m *module) undeclared(at place, what string) cty.Value {
	m.run.note(at, "undeclared_reference", "address", m.within(what))
	return unknown("undeclared_reference", "address", m.within(what))
}

// callPositions returns the positions of the calls that lead to m, innermost first.
func (m *module) callPositions() []evidence.Position {
	if m.call != nil && m.called == nil {
		m.called = append([]evidence.Position{m.call.block.at.position(evidence.RoleCalls)}, m.parent.callPositions()...)
	}
	return m.called
}
