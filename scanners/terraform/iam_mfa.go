package terraform

import (
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// demandsSecondFactor says whether a document lets nothing be done without a second factor: it denies everything, but
// for what it excepts, to whom has none, or allows nothing but to whom has one. A plain Bool in a Deny is not enough:
// requests with access keys do not carry the key at all.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
func demandsSecondFactor(d document) evidence.Value[bool] {
	open := slices.Clone(d.more)
	allows, allowsWith := 0, 0
	for _, s := range d.statements {
		switch {
		case s.denies() && s.deniesWithoutFactor():
			return evidence.Known(true).At(d.at)
		case !s.allows() && !s.denies():
			open = append(open, s.effect.Why())
		case s.allows():
			allows++
			if s.hasCondition(onlyWithFactor) {
				allowsWith++
			}
		}
		open = append(open, s.more...)
		if s.denies() {
			open = append(open, s.openDenial()...)
		}
	}
	switch {
	case len(open) > 0:
		return evidence.Unresolved[bool](open[0]).At(d.at)
	case allows > 0 && allows == allowsWith:
		return evidence.Known(true).At(d.at)
	}
	return evidence.Known(false).At(d.at)
}

// deniesWithoutFactor says whether a Deny holds for all actions, but for exceptions, on all resources.
func (s statement) deniesWithoutFactor() bool {
	everything := (s.notActions.written || evidence.IsKnown(s.actions.cover("*"), true)) && evidence.IsKnown(s.resources.cover("*"), true)
	for _, c := range s.conditions {
		if !withoutFactor(c) && !exemptsServices(c) {
			return false
		}
	}
	return everything && s.hasCondition(withoutFactor)
}

// openDenial is why a Deny with parts that are not known might be one.
func (s statement) openDenial() []evidence.Reason {
	var why []evidence.Reason
	for _, t := range []terms{s.actions, s.notActions, s.resources} {
		why = append(why, t.more...)
		for _, x := range t.all {
			if !x.known && x.mayBe("*") {
				why = append(why, x.why)
			}
		}
	}
	return why
}

func (s statement) hasCondition(holds func(condition) bool) bool {
	return slices.ContainsFunc(s.conditions, holds)
}

// withoutFactor says whether a condition holds for every request without a second factor.
func withoutFactor(c condition) bool {
	switch strings.ToLower(c.operator + " " + c.key) {
	case "boolifexists aws:multifactorauthpresent":
		return onlyValue(c, "false")
	case "null aws:multifactorauthage":
		return onlyValue(c, "true")
	case "numericgreaterthanifexists aws:multifactorauthage", "numericgreaterthanequalsifexists aws:multifactorauthage":
		return true
	}
	return false
}

// onlyWithFactor says whether a condition holds for no request without a second factor.
func onlyWithFactor(c condition) bool {
	switch strings.ToLower(c.operator + " " + c.key) {
	case "bool aws:multifactorauthpresent":
		return onlyValue(c, "true")
	case "null aws:multifactorauthage":
		return onlyValue(c, "false")
	case "numericlessthan aws:multifactorauthage", "numericlessthanequals aws:multifactorauthage":
		return true
	}
	return false
}

// exemptsServices says whether a condition lets pass what an AWS service does on somebody's behalf.
func exemptsServices(c condition) bool {
	key := strings.ToLower(c.key)
	return (key == "aws:viaawsservice" || key == "aws:principalisawsservice") && onlyValue(c, "false")
}

func onlyValue(c condition, want string) bool {
	return c.values.complete() && len(c.values.all) == 1 && strings.EqualFold(c.values.all[0].text, want)
}
