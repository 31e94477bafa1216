package policies

import (
	"regexp"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// codeForm is what codes of reasons look like.
var codeForm = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)

// symbol returns how a comparing or calculating built-in is written, empty for any other function.
func symbol(name string) string {
	switch name {
	case "eq":
		return "="
	case "equal":
		return "=="
	case "neq":
		return "!="
	case "lt":
		return "<"
	case "lte":
		return "<="
	case "gt":
		return ">"
	case "gte":
		return ">="
	case "plus":
		return "+"
	case "minus":
		return "-"
	case "mul":
		return "*"
	case "div":
		return "/"
	case "rem":
		return "%"
	case "and":
		return "&"
	case "or":
		return "|"
	case "internal.member_2", "internal.member_3":
		return "in"
	}
	return ""
}

// rule walks through one rule.
func (l *linter) rule(r *ast.Rule) {
	of := l.taints.of(r)
	ast.NewGenericVisitor(func(x any) bool {
		switch x := x.(type) {
		case *ast.Expr:
			l.expr(x, of)
		case *ast.SomeDecl:
			l.some(x, of)
			return true
		case *ast.Every:
			l.domain(x.Domain, of)
		case ast.Call:
			l.call(x, lineOf(x[0]), of)
		case ast.Ref:
			l.ref(x, of)
		}
		return false
	}).Walk(r)
}

// expr looks for `not` and `with`; a call in it is looked at as a call.
func (l *linter) expr(e *ast.Expr, of taint) {
	line := 0
	if e.Location != nil {
		line = e.Location.Row
	}
	if len(e.With) > 0 {
		l.fail(line, "`with` has no place in a policy")
	}
	if e.Negated && l.taints.touches(e, of) {
		l.fail(line, "`not` on a setting or a parameter: it also holds when that is unknown or absent; say what is known to be so, with data.tom.lib.value")
	}
	if terms, ok := e.Terms.([]*ast.Term); ok {
		l.call(terms, line, of)
	}
}

// some looks at `some x in list`: parameters can be gone through, settings only by value.some_of.
func (l *linter) some(d *ast.SomeDecl, of taint) {
	for _, s := range d.Symbols {
		call, ok := s.Value.(ast.Call)
		if !ok {
			continue
		}
		l.domain(call[len(call)-1], of)
		ast.NewGenericVisitor(func(x any) bool {
			if ref, ok := x.(ast.Ref); ok {
				l.ref(ref, of)
			}
			return false
		}).Walk(call[len(call)-1])
	}
}

func (l *linter) domain(t *ast.Term, of taint) {
	if of.group(t) == groupSettings {
		l.fail(lineOf(t), "go through a setting's elements with value.some_of, and demand value.complete where all are meant")
	}
}

// call looks at comparisons, calculations and other functions.
func (l *linter) call(terms []*ast.Term, line int, of taint) {
	if len(terms) == 0 {
		return
	}
	ref, ok := terms[0].Value.(ast.Ref)
	if !ok {
		return
	}
	name, args := pathOf(ref), terms[1:]
	if sign := symbol(name); sign != "" {
		l.operator(name, sign, args, line, of)
		return
	}
	if name == "assign" || l.isFunction(name) {
		return
	}
	for _, arg := range args {
		if of.group(arg) == groupSettings {
			l.fail(line, "%s is called on a setting: pass settings to functions of data.tom.lib.value alone", name)
		}
	}
}

// operator allows neither settings nor parameters as operands, and no counting of the known that the unknown would
// change.
func (l *linter) operator(name, sign string, args []*ast.Term, line int, of taint) {
	if name == "eq" && len(args) == 2 && (isVariable(args[0]) || isVariable(args[1])) {
		return
	}
	for i, arg := range args {
		if group := of.group(arg); group != "" {
			l.fail(line, "`%s` on input.%s: compare and calculate with functions of data.tom.lib.value, which tell the unknown from the rest", sign, group)
			return
		}
		if l.taints.isDerived(arg, of) && !grows(name, i) {
			l.fail(line, "`%s` on what was found to be known: it also holds when the rest is unknown; say it with `every` and functions of data.tom.lib.value", sign)
			return
		}
	}
}

// grows says whether the operator can only become true when more is known of its operand number i.
func grows(name string, i int) bool {
	switch name {
	case "gt", "gte":
		return i == 0
	case "lt", "lte":
		return i == 1
	case "internal.member_2", "internal.member_3", "or":
		return true
	}
	return false
}

func isVariable(t *ast.Term) bool {
	_, ok := t.Value.(ast.Var)
	return ok
}

// isFunction says whether name is a function of the module or of a library.
func (l *linter) isFunction(name string) bool {
	if len(rulesNamed(l.module, name)) > 0 {
		return true
	}
	head, rest, _ := strings.Cut(name, ".")
	if full, ok := l.imports[head]; ok {
		name = full + "." + rest
	}
	return isLibrary(name)
}

// ref allows no look into settings and no data but libraries and the policy's own rules.
func (l *linter) ref(ref ast.Ref, of taint) {
	line := lineOf(ref[0])
	head, _ := ref[0].Value.(ast.Var)
	if head == "data" {
		own := pathOf(l.module.Package.Path) + "."
		if full := pathOf(ref); !isLibrary(full) && !strings.HasPrefix(full, own) {
			l.fail(line, "%s: a policy reads its input and libraries, nothing else", full)
		}
		return
	}
	for _, t := range ref[1:] {
		if t.Equal(ast.StringTerm("value")) {
			l.fail(line, "`.value` outside of data.tom.lib.value: only what is known has a value")
			return
		}
	}
	if len(ref) > 1 && of.alias[head] == groupSettings {
		l.fail(line, "%s is a setting and is looked into: pass it whole to a function of data.tom.lib.value", head)
	}
}
