package terraform

import (
	"github.com/zclconf/go-cty/cty"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// written is what the code tells of a term: its text may be unknown in parts, and it may name resources.
type written struct {
	pieces []string    // the known texts around its unknown parts, where that much is known
	parts  []cty.Value // its unknown parts, one less than there are pieces
	refs   []eval.Ref  // the resources that it names
}

// writtenOf returns what the code tells of a term.
func writtenOf(t awsrules.Term) written {
	w, _ := t.Source.(written)
	return w
}

// policyDocument reads the policy that a holds, whatever way it was written. An unset attribute has no statements.
func policyDocument(a eval.Attr) awsrules.Document {
	at := []evidence.Position{a.At()}
	if a.IsUnset() {
		return awsrules.Document{At: at}
	}
	v, known, why := a.JSON()
	if !known {
		return awsrules.Document{More: []evidence.Reason{why}, At: at}
	}
	d := documentOf(v, a.Why())
	d.At = at
	return d
}

// documentOf reads a decoded policy; why says why parts of it are not known.
func documentOf(v cty.Value, why evidence.Reason) awsrules.Document {
	var d awsrules.Document
	items, more := elements(member(v, "Statement"), why)
	d.More = more
	for _, item := range items {
		s, ok := statementOf(item, why)
		if !ok {
			d.More = append(d.More, reasonOr(why))
			continue
		}
		d.Statements = append(d.Statements, s)
	}
	return d
}

// statementOf reads one statement; false when v is not known to be one.
func statementOf(v cty.Value, why evidence.Reason) (awsrules.Statement, bool) {
	v, _ = v.Unmark()
	if v.IsNull() || !v.IsKnown() || !hasMembers(v.Type()) {
		return awsrules.Statement{}, false
	}
	why = reasonOr(why)
	s := awsrules.Statement{
		Effect:       effectOf(member(v, "Effect"), why),
		Actions:      termsOf(member(v, "Action"), why),
		NotActions:   termsOf(member(v, "NotAction"), why),
		Resources:    termsOf(member(v, "Resource"), why),
		NotResources: termsOf(member(v, "NotResource"), why),
		NotPrincipal: member(v, "NotPrincipal") != cty.NilVal,
	}
	readPrincipals(&s, member(v, "Principal"), why)
	readConditions(&s, member(v, "Condition"), why)
	return s, true
}

func effectOf(v cty.Value, why evidence.Reason) evidence.Value[string] {
	t := termsOf(v, why)
	if len(t.All) != 1 || !t.All[0].Known {
		return evidence.Unresolved[string](why)
	}
	return evidence.Known(t.All[0].Text)
}

func readPrincipals(s *awsrules.Statement, v cty.Value, why evidence.Reason) {
	if v == cty.NilVal {
		return
	}
	plain, _ := v.Unmark()
	if !plain.IsKnown() {
		s.More = append(s.More, why)
		return
	}
	if plain.Type() == cty.String {
		s.Principals = append(s.Principals, awsrules.Principal{Kind: "AWS", Term: termOf(v, why)})
		return
	}
	for _, kind := range memberNames(plain) {
		t := termsOf(member(plain, kind), why)
		s.More = append(s.More, t.More...)
		for _, x := range t.All {
			s.Principals = append(s.Principals, awsrules.Principal{Kind: kind, Term: x})
		}
	}
}

func readConditions(s *awsrules.Statement, v cty.Value, why evidence.Reason) {
	if v == cty.NilVal {
		return
	}
	v, _ = v.Unmark()
	if !v.IsKnown() {
		s.More = append(s.More, why)
		return
	}
	for _, operator := range memberNames(v) {
		keys, _ := member(v, operator).Unmark()
		if !keys.IsKnown() {
			s.More = append(s.More, why)
			continue
		}
		for _, key := range memberNames(keys) {
			s.Conditions = append(s.Conditions, awsrules.Condition{Operator: operator, Key: key, Values: termsOf(member(keys, key), why)})
		}
	}
}
