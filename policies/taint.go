package policies

import (
	"github.com/open-policy-agent/opa/v1/ast"
)

// taint is what the variables of one rule stand for: a setting or a parameter under another name, or what a
// comprehension found to be known. A statement about the latter says nothing about what was not known.
type taint struct {
	alias   map[ast.Var]string // group
	derived map[ast.Var]bool
}

// taints follows settings and parameters through a module's variables and functions.
type taints struct {
	module *ast.Module
	params map[string]map[int]string // function, place of the argument: group
	speaks map[string]bool           // rules that mention settings or parameters, themselves or by other rules
}

func newTaints(module *ast.Module) *taints {
	t := &taints{module: module, params: map[string]map[int]string{}, speaks: map[string]bool{}}
	for t.spread() {
	}
	return t
}

// spread goes once through all rules and says whether anything new was learnt.
func (t *taints) spread() bool {
	news := false
	for _, r := range t.module.Rules {
		of := t.of(r)
		ast.NewGenericVisitor(func(x any) bool {
			if name, args := callOf(x); name != "" {
				news = t.pass(name, args, of) || news
			}
			return false
		}).Walk(r)
		if name := ruleName(r); !t.speaks[name] && t.touches(r.Body, of) || !t.speaks[name] && t.touches(r.Head, of) {
			t.speaks[name], news = true, true
		}
	}
	return news
}

// pass notes which arguments of a function of the module are settings or parameters.
func (t *taints) pass(name string, args []*ast.Term, of taint) bool {
	news := false
	for i, arg := range args {
		group := of.group(arg)
		if group == "" || t.params[name][i] != "" || len(rulesNamed(t.module, name)) == 0 {
			continue
		}
		if t.params[name] == nil {
			t.params[name] = map[int]string{}
		}
		t.params[name][i], news = group, true
	}
	return news
}

// of follows the variables of one rule.
func (t *taints) of(r *ast.Rule) taint {
	of := taint{alias: map[ast.Var]string{}, derived: map[ast.Var]bool{}}
	for i, arg := range r.Head.Args {
		if v, ok := arg.Value.(ast.Var); ok && t.params[ruleName(r)][i] != "" {
			of.alias[v] = t.params[ruleName(r)][i]
		}
	}
	for range 3 { // a variable of a variable of a variable is enough for anybody
		ast.WalkExprs(r, func(e *ast.Expr) bool {
			t.bind(e, of)
			return false
		})
	}
	return of
}

// bind learns from `x := e` and `x = e`.
func (t *taints) bind(e *ast.Expr, of taint) {
	name, args := callOf(e)
	if name != "assign" && name != "eq" || len(args) != 2 {
		return
	}
	for i, side := range args {
		v, ok := side.Value.(ast.Var)
		if !ok {
			continue
		}
		other := args[1-i]
		if group := of.group(other); group != "" {
			of.alias[v] = group
		}
		if t.isDerived(other, of) {
			of.derived[v] = true
		}
	}
}

// group says whether the term itself is a setting or a parameter.
func (of taint) group(term *ast.Term) string {
	switch v := term.Value.(type) {
	case ast.Var:
		return of.alias[v]
	case ast.Ref:
		if m, ok := mentionOf(v); ok {
			return m.group
		}
		if head, ok := v[0].Value.(ast.Var); ok {
			return of.alias[head]
		}
	}
	return ""
}

// isDerived says whether the term is what was found to be known: a comprehension over settings, a rule that speaks of
// them, a call on such a thing.
func (t *taints) isDerived(term *ast.Term, of taint) bool {
	switch v := term.Value.(type) {
	case ast.Var:
		return of.derived[v] || t.speaks[string(v)] && of.alias[v] == ""
	case ast.Ref:
		head, _ := v[0].Value.(ast.Var)
		return of.derived[head] || t.speaks[string(head)]
	case ast.Call:
		for _, arg := range v[1:] {
			if t.isDerived(arg, of) {
				return true
			}
		}
	case *ast.ArrayComprehension, *ast.SetComprehension, *ast.ObjectComprehension:
		return t.touches(v, of)
	}
	return false
}

// touches says whether anything below node is a setting, a parameter, or speaks of them.
func (t *taints) touches(node any, of taint) bool {
	found := false
	ast.NewGenericVisitor(func(x any) bool {
		switch x := x.(type) {
		case ast.Ref:
			_, mentioned := mentionOf(x)
			found = found || mentioned
		case ast.Var:
			found = found || of.alias[x] != "" || of.derived[x] || t.speaks[string(x)]
		}
		return found
	}).Walk(node)
	return found
}

// callOf returns the function that an expression or a term calls, and its arguments.
func callOf(x any) (string, []*ast.Term) {
	var terms []*ast.Term
	switch x := x.(type) {
	case *ast.Expr:
		terms, _ = x.Terms.([]*ast.Term)
	case ast.Call:
		terms = x
	}
	if len(terms) == 0 {
		return "", nil
	}
	ref, ok := terms[0].Value.(ast.Ref)
	if !ok {
		return "", nil
	}
	return pathOf(ref), terms[1:]
}
