package awsrules

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// width is how far the resources of a statement reach.
type width int

const (
	named width = iota
	wholeService
	allResources
)

// Grants are the statements of a document that allow more than named actions on named resources, sorted.
func Grants(d Document) evidence.Value[[]evidence.Grant] {
	grants := []evidence.Grant{}
	more := slices.Clone(d.More)
	for _, s := range d.Statements {
		if s.Denies() {
			continue
		}
		own, why := s.grants()
		if len(own) > 0 && !s.Allows() {
			why, own = append(why, s.Effect.Why()), nil
		}
		grants = append(grants, own...)
		more = append(more, why...)
	}
	slices.SortFunc(grants, func(a, b evidence.Grant) int {
		conditional := 0
		if a.Conditional != b.Conditional {
			conditional = 1
			if b.Conditional {
				conditional = -1
			}
		}
		return cmp.Or(cmp.Compare(a.Scope, b.Scope), cmp.Compare(a.Action, b.Action), conditional)
	})
	return evidence.Known(slices.Compact(grants)).Incomplete(DistinctReasons(more)...).At(d.At...)
}

// grants are what the statement allows beyond named actions on named resources, and why there may be more.
func (s Statement) grants() ([]evidence.Grant, []evidence.Reason) {
	reach, open := s.width()
	why := slices.Concat(open, s.Actions.More, s.More)
	for _, x := range s.Actions.All {
		if !x.Known {
			why = append(why, x.Why)
		}
	}
	if len(s.More) > 0 {
		return nil, why // a condition that is not known may narrow it
	}
	conditional := len(s.Conditions) > 0
	var grants []evidence.Grant
	var partly []string
	if s.NotActions.Written {
		grants = append(grants, evidence.Grant{Scope: scopeOfAll(reach), Action: "all but " + brief(s.NotActions.Texts()), Conditional: conditional})
	}
	for _, action := range s.Actions.Texts() {
		switch {
		case Covers(action, "*:*"):
			grants = append(grants, evidence.Grant{Scope: scopeOfAll(reach), Action: action, Conditional: conditional})
		case strings.HasSuffix(action, ":*") && reach == named:
			grants = append(grants, evidence.Grant{Scope: "resources", Action: action, Conditional: conditional})
		case strings.HasSuffix(action, ":*"):
			grants = append(grants, evidence.Grant{Scope: "service", Action: action, Conditional: conditional})
		case reach != named:
			partly = append(partly, action)
		}
	}
	if len(partly) > 0 {
		grants = append(grants, evidence.Grant{Scope: "actions", Action: brief(partly), Conditional: conditional})
	}
	return grants, why
}

// scopeOfAll is the scope of all actions on resources of the given width.
func scopeOfAll(reach width) string {
	switch reach {
	case allResources:
		return "everything"
	case wholeService:
		return "service"
	}
	return "resources"
}

// width says how far the resources reach, and why it may be farther. A resource that is not known but refers to another
// one is that resource.
func (s Statement) width() (width, []evidence.Reason) {
	if s.NotResources.Written || evidence.IsKnown(s.Resources.Cover("*"), true) {
		return allResources, nil
	}
	reach := named
	var open []evidence.Reason
	for _, x := range s.Resources.All {
		switch {
		case x.Known && wholeServiceARN(x.Text):
			reach = wholeService
		case x.MayBe("*"):
			open = append(open, x.Why)
		}
	}
	return reach, append(open, s.Resources.More...)
}

// wholeServiceARN says whether an ARN covers all resources of a service, in any account and region.
func wholeServiceARN(arn string) bool {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" {
		return false
	}
	any := func(s string) bool { return s == "" || s == "*" }
	return any(parts[3]) && any(parts[4]) && parts[5] == "*"
}

// brief lists the first actions.
func brief(actions []string) string {
	sorted := slices.Sorted(slices.Values(actions))
	if len(sorted) > 5 {
		sorted = append(sorted[:5], "...")
	}
	return strings.Join(sorted, ", ")
}
