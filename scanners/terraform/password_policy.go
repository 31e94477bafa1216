package terraform

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// passwordPolicies reads the rule for the passwords of an account. What it leaves unset is off, and passwords are as
// short as 6 characters.
func passwordPolicies() reader {
	return reader{
		types: []string{"aws_iam_account_password_policy"},
		kinds: []evidence.Kind{evidence.PasswordPolicy{}.Kind()},
		read: func(_ *eval.Root, i *eval.Instance) []observation {
			var all []evidence.Value[bool]
			for _, sort := range []string{"lowercase_characters", "numbers", "symbols", "uppercase_characters"} {
				all = append(all, i.Attr("require_"+sort).Bool(unset(i, false, awsrules.DocPasswordPolicy)))
			}
			age := i.Attr("max_password_age").Int(unset(i, 0, awsrules.DocPasswordPolicy))
			return one(evidence.PasswordPolicy{
				MinLength:       i.Attr("minimum_password_length").Int(unset(i, 6, awsrules.DocPasswordPolicy)),
				MaxAgeDays:      evidence.Map(age, neverForZero),
				Complexity:      evidence.AllTrue(all...),
				ReusePrevention: i.Attr("password_reuse_prevention").Int(unset(i, 0, awsrules.DocPasswordPolicy)),
			})
		},
	}
}

// neverForZero is a number of days, or never for 0.
func neverForZero(days int) int {
	if days == 0 {
		return evidence.Never
	}
	return days
}
