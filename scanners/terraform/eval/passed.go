package eval

import (
	"slices"

	"github.com/hashicorp/hcl/v2"

	"github.com/tomscan/tomscan/evidence"
)

// maxPassed bounds the places that are shown for one value.
const maxPassed = 3

// passing collects where the variables in a value are given theirs.
type passing struct {
	places []place
	seen   map[passed]bool
}

// passed is a variable of a module instance.
type passed struct {
	m    *module
	name string
}

// passedAt returns where the variables in a are given their values: the arguments of the outermost module calls, lines of
// variables files, and defaults of the root's variables. A default within a called module is no such place.
func (a Attr) passedAt() []evidence.Position {
	if a.in == nil {
		return nil
	}
	p := passing{seen: map[passed]bool{}}
	p.expression(a.in, a.expr)
	var all []evidence.Position
	for _, at := range p.places {
		if position := at.position(evidence.RoleCalls); at.src != nil && !slices.Contains(all, position) && len(all) < maxPassed {
			all = append(all, position)
		}
	}
	return all
}

// expression follows the variables in x, and says whether there are any.
func (p *passing) expression(m *module, x *expression) (found bool) {
	if x == nil || x.hcl == nil {
		return false
	}
	for _, traversal := range x.hcl.Variables() {
		name, ok := variableIn(traversal)
		v := m.conf.variables[name]
		if !ok || v == nil {
			continue
		}
		found = true
		if key := (passed{m, name}); !p.seen[key] {
			p.seen[key] = true
			p.variable(m, v)
		}
	}
	return found
}

// variable adds the place that gives v its value.
func (p *passing) variable(m *module, v *variable) {
	if m.call != nil {
		if a := m.call.block.body.get(v.name); a != nil && !p.expression(m.parent, a.expr) {
			p.places = append(p.places, a.at)
		}
		return
	}
	if in, ok := m.run.inputs[v.name]; ok {
		p.places = append(p.places, in.at)
	} else if a := v.block.body.get("default"); a != nil {
		p.places = append(p.places, a.at)
	}
}

// variableIn returns the name of the variable that a traversal starts at.
func variableIn(t hcl.Traversal) (string, bool) {
	if len(t) < 2 || t.RootName() != "var" {
		return "", false
	}
	step, ok := t[1].(hcl.TraverseAttr)
	return step.Name, ok
}
