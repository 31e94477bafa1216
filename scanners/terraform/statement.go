package terraform

import (
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// document is an access policy as its statements. Statements are what the code shows; more says why there may be
// others, so nothing can be concluded from a statement's absence while it is not empty.
type document struct {
	statements []statement
	more       []evidence.Reason
	at         evidence.Position
}

// statement is one statement of a policy document. A part that is not known is unresolved or incomplete, and never looks
// like a part that is not written.
type statement struct {
	effect       evidence.Value[string] // Allow or Deny
	actions      terms
	notActions   terms
	resources    terms
	notResources terms
	principals   []principal // of Principal
	notPrincipal bool        // the statement is for everybody but somebody
	conditions   []condition
	more         []evidence.Reason // why principals or conditions may lack elements
}

// terms is a list of texts: of actions, resources, or the values of a condition.
type terms struct {
	written bool
	all     []term
	more    []evidence.Reason // why the list may lack elements
}

// term is one text. Refs are the resources that it names; it may name them without being known.
type term struct {
	text   string
	known  bool
	prefix string      // how a text begins that is not known
	pieces []string    // the known texts around its unknown parts, where that much is known
	parts  []cty.Value // its unknown parts, one less than there are pieces
	refs   []eval.Ref
	why    evidence.Reason
}

// mayBe says whether t can turn out to be text. What names a resource is no star.
func (t term) mayBe(text string) bool {
	if t.known {
		return t.text == text
	}
	return len(t.refs) == 0 && strings.HasPrefix(text, t.prefix)
}

// principal is one identity: kind AWS, Service, Federated or CanonicalUser; the star alone has kind AWS.
type principal struct {
	kind string
	term
}

// condition is one comparison, such as Bool aws:SecureTransport false. Conditions of a statement all have to hold; one
// of a condition's values is enough.
type condition struct {
	operator string
	key      string
	values   terms
}

// policyDocument reads the policy that a holds, whatever way it was written. An unset attribute has no statements.
func policyDocument(a eval.Attr) document {
	if a.IsUnset() {
		return document{at: a.At()}
	}
	v, known, why := a.JSON()
	if !known {
		return document{more: []evidence.Reason{why}, at: a.At()}
	}
	d := documentOf(v, a.Why())
	d.at = a.At()
	return d
}

// documentOf reads a decoded policy; why says why parts of it are not known.
func documentOf(v cty.Value, why evidence.Reason) document {
	var d document
	items, more := elements(member(v, "Statement"), why)
	d.more = more
	for _, item := range items {
		s, ok := statementOf(item, why)
		if !ok {
			d.more = append(d.more, reasonOr(why))
			continue
		}
		d.statements = append(d.statements, s)
	}
	return d
}

// statementOf reads one statement; false when v is not known to be one.
func statementOf(v cty.Value, why evidence.Reason) (statement, bool) {
	v, _ = v.Unmark()
	if v.IsNull() || !v.IsKnown() || !hasMembers(v.Type()) {
		return statement{}, false
	}
	why = reasonOr(why)
	s := statement{
		effect:       effectOf(member(v, "Effect"), why),
		actions:      termsOf(member(v, "Action"), why),
		notActions:   termsOf(member(v, "NotAction"), why),
		resources:    termsOf(member(v, "Resource"), why),
		notResources: termsOf(member(v, "NotResource"), why),
		notPrincipal: member(v, "NotPrincipal") != cty.NilVal,
	}
	s.readPrincipals(member(v, "Principal"), why)
	s.readConditions(member(v, "Condition"), why)
	return s, true
}

func effectOf(v cty.Value, why evidence.Reason) evidence.Value[string] {
	t := termsOf(v, why)
	if len(t.all) != 1 || !t.all[0].known {
		return evidence.Unresolved[string](why)
	}
	return evidence.Known(t.all[0].text)
}

func (s *statement) readPrincipals(v cty.Value, why evidence.Reason) {
	if v == cty.NilVal {
		return
	}
	plain, _ := v.Unmark()
	if !plain.IsKnown() {
		s.more = append(s.more, why)
		return
	}
	if plain.Type() == cty.String {
		s.principals = append(s.principals, principal{kind: "AWS", term: termOf(v, why)})
		return
	}
	for _, kind := range memberNames(plain) {
		t := termsOf(member(plain, kind), why)
		s.more = append(s.more, t.more...)
		for _, x := range t.all {
			s.principals = append(s.principals, principal{kind: kind, term: x})
		}
	}
}

func (s *statement) readConditions(v cty.Value, why evidence.Reason) {
	if v == cty.NilVal {
		return
	}
	v, _ = v.Unmark()
	if !v.IsKnown() {
		s.more = append(s.more, why)
		return
	}
	for _, operator := range memberNames(v) {
		keys, _ := member(v, operator).Unmark()
		if !keys.IsKnown() {
			s.more = append(s.more, why)
			continue
		}
		for _, key := range memberNames(keys) {
			s.conditions = append(s.conditions, condition{operator, key, termsOf(member(keys, key), why)})
		}
	}
}

// everybody says whether one of the principals is the star, or everybody but somebody is meant.
func (s statement) everybody() evidence.Value[bool] {
	open := s.more
	for _, p := range s.principals {
		switch {
		case !strings.EqualFold(p.kind, "AWS"):
		case p.known && p.text == "*":
			return evidence.Known(true)
		case !p.known && p.mayBe("*"):
			open = append(open, p.why)
		}
	}
	if s.notPrincipal {
		return evidence.Known(true)
	}
	if len(open) > 0 {
		return evidence.Unresolved[bool](open[0])
	}
	return evidence.Known(false)
}

// effectIs says whether the statement has the effect want.
func (s statement) effectIs(want string) evidence.Value[bool] {
	return evidence.Map(s.effect, func(effect string) bool { return effect == want })
}

// allows and denies say what the effect is where it is known.
func (s statement) allows() bool { return s.hasEffect("Allow") }
func (s statement) denies() bool { return s.hasEffect("Deny") }

func (s statement) hasEffect(want string) bool {
	got, ok := s.effect.Get()
	return ok && got == want
}

// cover says whether one of the terms is a pattern that covers all of whole, itself a text or a pattern (s3:*).
func (t terms) cover(whole string) evidence.Value[bool] {
	if slices.ContainsFunc(t.all, func(x term) bool { return x.known && covers(x.text, whole) }) {
		return evidence.Known(true)
	}
	open := t.more
	for _, x := range t.all {
		if !x.known {
			open = append(open, x.why)
		}
	}
	if len(open) > 0 {
		return evidence.Unresolved[bool](open[0])
	}
	return evidence.Known(false)
}

// complete says whether every element is there and known.
func (t terms) complete() bool {
	return len(t.more) == 0 && !slices.ContainsFunc(t.all, func(x term) bool { return !x.known })
}

// texts returns the known elements.
func (t terms) texts() []string {
	var texts []string
	for _, x := range t.all {
		if x.known {
			texts = append(texts, x.text)
		}
	}
	return texts
}

// covers says whether pattern, in which * is any run of characters and ? any one, matches everything that whole matches.
// Case does not count, as in actions; in resources this is lenient.
func covers(pattern, whole string) bool {
	return glob(strings.ToLower(pattern), strings.ToLower(whole))
}

// glob matches without backtracking beyond the last star. A question mark never matches a star of whole.
func glob(pattern, whole string) bool {
	p, w, star, mark := 0, 0, -1, 0
	for w < len(whole) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, mark = p, w
			p++
		case p < len(pattern) && (pattern[p] == whole[w] || pattern[p] == '?' && whole[w] != '*'):
			p++
			w++
		case star >= 0:
			mark++
			p, w = star+1, mark
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}
