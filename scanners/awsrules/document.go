package awsrules

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// Document is an access policy as its statements. Statements are what the source shows; More says why there may be
// others, so nothing can be concluded from a statement's absence while it is not empty.
type Document struct {
	Statements []Statement
	More       []evidence.Reason
	At         []evidence.Position
}

// Statement is one statement of a policy document. A part that is not known is unresolved or incomplete, and never looks
// like a part that is not written.
type Statement struct {
	Effect       evidence.Value[string] // Allow or Deny
	Actions      Terms
	NotActions   Terms
	Resources    Terms
	NotResources Terms
	Principals   []Principal // of Principal
	NotPrincipal bool        // the statement is for everybody but somebody
	Conditions   []Condition
	More         []evidence.Reason // why principals or conditions may lack elements
}

// Terms is a list of texts: of actions, resources, or the values of a condition.
type Terms struct {
	Written bool
	All     []Term
	More    []evidence.Reason // why the list may lack elements
}

// Term is one text. It may name a resource without being known.
type Term struct {
	Text   string
	Known  bool
	Prefix string          // how a text begins that is not known
	Names  bool            // it names a resource, known or not, and so is no star
	Why    evidence.Reason // why it is not known
	Source any             // what the collector that made it knows about it beside; not looked at here
}

// MayBe says whether t can turn out to be text. What names a resource is no star.
func (t Term) MayBe(text string) bool {
	if t.Known {
		return t.Text == text
	}
	return !t.Names && strings.HasPrefix(text, t.Prefix)
}

// Principal is one identity: kind AWS, Service, Federated or CanonicalUser; the star alone has kind AWS.
type Principal struct {
	Kind string
	Term
}

// Condition is one comparison, such as Bool aws:SecureTransport false. Conditions of a statement all have to hold; one
// of a condition's values is enough.
type Condition struct {
	Operator string
	Key      string
	Values   Terms
}

// Everybody says whether one of the principals is the star, or everybody but somebody is meant.
func (s Statement) Everybody() evidence.Value[bool] {
	open := s.More
	for _, p := range s.Principals {
		switch {
		case !strings.EqualFold(p.Kind, "AWS"):
		case p.Known && p.Text == "*":
			return evidence.Known(true)
		case !p.Known && p.MayBe("*"):
			open = append(open, p.Why)
		}
	}
	if s.NotPrincipal {
		return evidence.Known(true)
	}
	if len(open) > 0 {
		return evidence.Unresolved[bool](open[0])
	}
	return evidence.Known(false)
}

// EffectIs says whether the statement has the effect want.
func (s Statement) EffectIs(want string) evidence.Value[bool] {
	return evidence.Map(s.Effect, func(effect string) bool { return effect == want })
}

// Allows says whether the effect is known to be Allow.
func (s Statement) Allows() bool { return s.hasEffect("Allow") }

// Denies says whether the effect is known to be Deny.
func (s Statement) Denies() bool { return s.hasEffect("Deny") }

func (s Statement) hasEffect(want string) bool {
	got, ok := s.Effect.Get()
	return ok && got == want
}

// Cover says whether one of the terms is a pattern that covers all of whole, itself a text or a pattern (s3:*).
func (t Terms) Cover(whole string) evidence.Value[bool] {
	if slices.ContainsFunc(t.All, func(x Term) bool { return x.Known && Covers(x.Text, whole) }) {
		return evidence.Known(true)
	}
	open := t.More
	for _, x := range t.All {
		if !x.Known {
			open = append(open, x.Why)
		}
	}
	if len(open) > 0 {
		return evidence.Unresolved[bool](open[0])
	}
	return evidence.Known(false)
}

// Complete says whether every element is there and known.
func (t Terms) Complete() bool {
	return len(t.More) == 0 && !slices.ContainsFunc(t.All, func(x Term) bool { return !x.Known })
}

// Texts returns the known elements.
func (t Terms) Texts() []string {
	var texts []string
	for _, x := range t.All {
		if x.Known {
			texts = append(texts, x.Text)
		}
	}
	return texts
}

// Covers says whether pattern, in which * is any run of characters and ? any one, matches everything that whole matches.
// Case does not count, as in actions; in resources this is lenient.
func Covers(pattern, whole string) bool {
	return Glob(strings.ToLower(pattern), strings.ToLower(whole))
}

// Glob says whether pattern, in which * is any run of characters and ? any one, matches everything that whole matches. It
// goes back to the last star at most. A question mark never matches a star of whole.
func Glob(pattern, whole string) bool {
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

// DistinctReasons are the reasons without repetition, sorted by code and first argument.
func DistinctReasons(reasons []evidence.Reason) []evidence.Reason {
	key := func(r evidence.Reason) string {
		return strings.Join([]string{r.Code, r.Args["address"], r.Args["name"], r.Args["attribute"], r.Args["operation"]}, "|")
	}
	sorted := slices.Clone(reasons)
	slices.SortStableFunc(sorted, func(a, b evidence.Reason) int { return cmp.Compare(key(a), key(b)) })
	return slices.CompactFunc(sorted, func(a, b evidence.Reason) bool { return key(a) == key(b) })
}
