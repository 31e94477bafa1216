package awsrules

import (
	"slices"
	"strings"

	"github.com/tomscan/tomscan/evidence"
)

// DemandsSecondFactor says whether a document lets nothing be done without a second factor: it denies everything, but
// for what it excepts, to whom has none, or allows nothing but to whom has one. A plain Bool in a Deny is not enough:
// requests with access keys do not carry the key at all.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
func DemandsSecondFactor(d Document) evidence.Value[bool] {
	open := slices.Clone(d.More)
	allows, allowsWith := 0, 0
	for _, s := range d.Statements {
		switch {
		case s.Denies() && s.deniesWithoutFactor():
			return evidence.Known(true).At(d.At...)
		case !s.Allows() && !s.Denies():
			open = append(open, s.Effect.Why())
		case s.Allows():
			allows++
			if s.hasCondition(onlyWithFactor) {
				allowsWith++
			}
		}
		open = append(open, s.More...)
		if s.Denies() {
			open = append(open, s.openDenial()...)
		}
	}
	switch {
	case len(open) > 0:
		return evidence.Unresolved[bool](open[0]).At(d.At...)
	case allows > 0 && allows == allowsWith:
		return evidence.Known(true).At(d.At...)
	}
	return evidence.Known(false).At(d.At...)
}

// deniesWithoutFactor says whether a Deny holds for all actions, but for exceptions, on all resources.
func (s Statement) deniesWithoutFactor() bool {
	actions := s.NotActions.Written && !evidence.IsKnown(s.NotActions.Cover("*"), true) || evidence.IsKnown(s.Actions.Cover("*"), true)
	everything := actions && evidence.IsKnown(s.Resources.Cover("*"), true)
	for _, c := range s.Conditions {
		if !withoutFactor(c) && !exemptsServices(c) {
			return false
		}
	}
	return everything && s.hasCondition(withoutFactor)
}

// openDenial is why a Deny with parts that are not known might be one.
func (s Statement) openDenial() []evidence.Reason {
	var why []evidence.Reason
	for _, t := range []Terms{s.Actions, s.NotActions, s.Resources} {
		why = append(why, t.More...)
		for _, x := range t.All {
			if !x.Known && x.MayBe("*") {
				why = append(why, x.Why)
			}
		}
	}
	return why
}

func (s Statement) hasCondition(holds func(Condition) bool) bool {
	return slices.ContainsFunc(s.Conditions, holds)
}

// withoutFactor says whether a condition holds for every request without a second factor.
func withoutFactor(c Condition) bool {
	switch strings.ToLower(c.Operator + " " + c.Key) {
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
func onlyWithFactor(c Condition) bool {
	switch strings.ToLower(c.Operator + " " + c.Key) {
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
func exemptsServices(c Condition) bool {
	key := strings.ToLower(c.Key)
	return (key == "aws:viaawsservice" || key == "aws:principalisawsservice") && onlyValue(c, "false")
}

func onlyValue(c Condition, want string) bool {
	return c.Values.Complete() && len(c.Values.All) == 1 && strings.EqualFold(c.Values.All[0].Text, want)
}
