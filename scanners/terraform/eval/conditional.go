package eval

import (
	"maps"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// conditional is `a ? b : c`. HCL's own marks the result with the marks of both branches and of the condition, by which
// a resource would seem to be referred to that is not.
type conditional struct{ *hclsyntax.ConditionalExpr }

// Value evaluates each part once. The result refers to what the chosen branch refers to; when the condition is unknown
// to what both do, but as a whole only where the other branch is empty.
func (c *conditional) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	cond, condDiags := c.Condition.Value(ctx)
	yes, yesDiags := c.TrueResult.Value(ctx)
	no, noDiags := c.FalseResult.Value(ctx)
	cond, condMarks := cond.Unmark()
	plainYes, yesMarks := yes.Unmark()
	plainNo, noMarks := no.Unmark()
	v, diags := (&hclsyntax.ConditionalExpr{SrcRange: c.SrcRange,
		Condition:   &given{&hclsyntax.LiteralValueExpr{Val: cond, SrcRange: c.Condition.Range()}, condDiags},
		TrueResult:  &given{&hclsyntax.LiteralValueExpr{Val: plainYes, SrcRange: c.TrueResult.Range()}, yesDiags},
		FalseResult: &given{&hclsyntax.LiteralValueExpr{Val: plainNo, SrcRange: c.FalseResult.Range()}, noDiags},
	}).Value(ctx)
	switch {
	case cond.IsNull():
		return v, diags
	case !cond.IsKnown() && plainYes.RawEquals(plainNo) && plainYes.IsWhollyKnown() && !diags.HasErrors():
		return plainYes.WithMarks(partly(yesMarks), partly(noMarks)), diags
	case !cond.IsKnown():
		both := eitherMarks(yes, no)
		maps.Copy(both, reasonsOnly(condMarks))
		return cty.UnknownVal(v.Type()).WithMarks(both), diags
	case isTrue(cond):
		return v.WithMarks(yesMarks, sensitiveOnly(condMarks)), diags
	}
	return v.WithMarks(noMarks, sensitiveOnly(condMarks)), diags
}

// isTrue says whether a condition holds, given as a bool or as the text of one.
func isTrue(cond cty.Value) bool {
	return cond.RawEquals(cty.True) || cond.RawEquals(cty.StringVal("true"))
}

// eitherMarks returns the marks of a value that is yes or no.
func eitherMarks(yes, no cty.Value) cty.ValueMarks {
	a, b := marksOf(yes), marksOf(no)
	empty := isEmpty(yes) || isEmpty(no)
	if !empty && !sameRefs(a, b) {
		a, b = partly(a), partly(b)
	}
	both := withoutDocuments(a)
	maps.Copy(both, withoutDocuments(b))
	if empty {
		both[emptyMark{}] = struct{}{}
	}
	return both
}

// isEmpty says whether v is surely null, "" or an empty collection.
func isEmpty(v cty.Value) bool {
	v, _ = v.Unmark()
	switch {
	case !v.IsKnown():
		return false
	case v.IsNull():
		return true
	case v.Type() == cty.String:
		return v.AsString() == ""
	}
	return v.CanIterateElements() && v.LengthInt() == 0
}
