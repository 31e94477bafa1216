package eval

import (
	"strings"

	"github.com/zclconf/go-cty/cty"

	"github.com/tomscan/tomscan/evidence"
)

// policyDocument returns an attribute of data "aws_iam_policy_document", whose JSON the provider computes from what is
// written. https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
func (i *instance) policyDocument(name string) (cty.Value, bool) {
	if name != "json" && name != "minified_json" {
		return cty.NilVal, false
	}
	n := i.node
	doc := n.m.block(withoutMeta(n.conf.block.body), n.conf.block.at, i.key.scope, i.written)
	v, err := encodeJSON(policyOf(doc))
	if err != nil {
		return unknown("function_failed", "name", "aws_iam_policy_document"), true
	}
	return v, true
}

// policyOf returns the policy that a policy document block makes.
func policyOf(doc *Block) cty.Value {
	members := map[string]cty.Value{"Version": textOr(doc.Attr("version"), "2012-10-17")}
	if id := doc.Attr("policy_id"); id.IsSet() {
		members["Id"] = id.value
	}
	statements := statementsOf(doc)
	for _, name := range []string{"source_policy_documents", "override_policy_documents"} {
		statements = statements.combine(doc.Attr(name), name == "override_policy_documents")
	}
	for _, name := range []string{"source_json", "override_json"} {
		if a := doc.Attr(name); a.IsSet() {
			a.value = cty.TupleVal([]cty.Value{a.value})
			statements = statements.combine(a, name == "override_json")
		}
	}
	members["Statement"] = statements.value()
	return cty.ObjectVal(members)
}

// statements are those of a policy document. open is a value, marked with the reason, when there may be others.
type statements struct {
	list []cty.Value
	open []cty.Value
}

// value returns the statements as a list. Statements that may exist beside are an unknown element.
func (s statements) value() cty.Value {
	return cty.TupleVal(append(s.list[:len(s.list):len(s.list)], s.open...))
}

// statementsOf returns the statements that the block writes itself.
func statementsOf(doc *Block) statements {
	found := doc.Blocks("statement")
	var s statements
	for _, b := range found.All {
		s.list = append(s.list, statementOf(b))
	}
	for _, why := range found.More {
		s.open = append(s.open, cty.DynamicVal.Mark(mark(why)))
	}
	return s
}

// statementOf returns a statement block as the policy language has it.
func statementOf(b *Block) cty.Value {
	members := map[string]cty.Value{"Effect": textOr(b.Attr("effect"), "Allow")}
	if sid := b.Attr("sid"); sid.IsSet() && !isEmpty(sid.value) {
		members["Sid"] = sid.value
	}
	for _, pair := range [][2]string{{"actions", "Action"}, {"not_actions", "NotAction"}, {"resources", "Resource"}, {"not_resources", "NotResource"}} {
		if a := b.Attr(pair[0]); a.IsSet() && !isEmpty(a.value) {
			members[pair[1]] = oneOrMany(a.value)
		}
	}
	for _, pair := range [][2]string{{"principals", "Principal"}, {"not_principals", "NotPrincipal"}} {
		if v, ok := principalsOf(b.Blocks(pair[0])); ok {
			members[pair[1]] = v
		}
	}
	if v, ok := conditionsOf(b.Blocks("condition")); ok {
		members["Condition"] = v
	}
	return cty.ObjectVal(members)
}

// textOr returns the value of an attribute, or a default when it is unset.
func textOr(a Attr, otherwise string) cty.Value {
	if a.IsUnset() {
		return cty.StringVal(otherwise)
	}
	return a.value
}

// oneOrMany returns the only element of a list, or the list; `&{` stands for `${` in it.
func oneOrMany(list cty.Value) cty.Value {
	plain, marks := list.Unmark()
	if !plain.IsKnown() || plain.IsNull() || !plain.CanIterateElements() {
		return list
	}
	var elements []cty.Value
	for it := plain.ElementIterator(); it.Next(); {
		_, element := it.Element()
		elements = append(elements, policyVariables(element))
	}
	if len(elements) == 1 {
		return elements[0].WithMarks(marks)
	}
	return cty.TupleVal(elements).WithMarks(marks)
}

// policyVariables returns a text with the policy language's own variables: &{aws:username} becomes ${aws:username}.
func policyVariables(v cty.Value) cty.Value {
	plain, marks := v.Unmark()
	if plain.Type() != cty.String || !plain.IsKnown() || plain.IsNull() || !strings.Contains(plain.AsString(), "&{") {
		return v
	}
	return cty.StringVal(strings.ReplaceAll(plain.AsString(), "&{", "${")).WithMarks(marks)
}

// principalsOf returns the principals of a statement: "*" alone for everybody, otherwise lists by type.
func principalsOf(found Blocks) (cty.Value, bool) {
	if len(found.All) == 0 && len(found.More) == 0 {
		return cty.NilVal, false
	}
	if len(found.More) > 0 {
		return cty.DynamicVal.Mark(mark(found.More[0])), true
	}
	byType := map[string][]cty.Value{}
	for _, b := range found.All {
		typ, ok := b.Attr("type").Text(evidence.Value[string]{}).Get()
		if !ok {
			return cty.DynamicVal.WithMarks(marksOf(b.Attr("type").value)), true
		}
		identifiers := b.Attr("identifiers")
		if typ == "*" && isStar(identifiers) {
			return cty.StringVal("*"), true
		}
		byType[typ] = append(byType[typ], elementsOf(identifiers)...)
	}
	members := map[string]cty.Value{}
	for typ, list := range byType {
		members[typ] = oneOrMany(cty.TupleVal(list))
	}
	return cty.ObjectVal(members), true
}

func isStar(a Attr) bool {
	list, ok := a.Texts(unsetTexts()).Get()
	return ok && len(list) == 1 && list[0] == "*"
}

// elementsOf returns the elements of a list; an unknown list is one unknown element.
func elementsOf(a Attr) []cty.Value {
	if a.IsUnset() {
		return nil
	}
	plain, marks := a.value.Unmark()
	if !plain.IsKnown() || !plain.CanIterateElements() {
		return []cty.Value{cty.DynamicVal.WithMarks(marks)}
	}
	var elements []cty.Value
	for it := plain.ElementIterator(); it.Next(); {
		_, element := it.Element()
		elements = append(elements, policyVariables(element).WithMarks(marks))
	}
	return elements
}

// conditionsOf returns the conditions of a statement: test -> variable -> values.
func conditionsOf(found Blocks) (cty.Value, bool) {
	if len(found.All) == 0 && len(found.More) == 0 {
		return cty.NilVal, false
	}
	if len(found.More) > 0 {
		return cty.DynamicVal.Mark(mark(found.More[0])), true
	}
	tests := map[string]map[string][]cty.Value{}
	for _, b := range found.All {
		test, known := b.Attr("test").Text(evidence.Value[string]{}).Get()
		variable, ok := b.Attr("variable").Text(evidence.Value[string]{}).Get()
		if !known || !ok {
			return cty.DynamicVal.WithMarks(marksOf(b.Attr("test").value), marksOf(b.Attr("variable").value)), true
		}
		if tests[test] == nil {
			tests[test] = map[string][]cty.Value{}
		}
		tests[test][variable] = append(tests[test][variable], elementsOf(b.Attr("values"))...)
	}
	members := map[string]cty.Value{}
	for test, variables := range tests {
		inner := map[string]cty.Value{}
		for variable, values := range variables {
			inner[variable] = oneOrMany(cty.TupleVal(values))
		}
		members[test] = cty.ObjectVal(inner)
	}
	return cty.ObjectVal(members), true
}
