package terraform

import (
	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

const docUserPool = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cognito_user_pool"

// userPools reads the user pools of applications.
func userPools() reader {
	return reader{
		types: []string{"aws_cognito_user_pool"},
		kinds: []evidence.Kind{evidence.UserPool{}.Kind()},
		read: func(_ *eval.Root, i *eval.Instance) []observation {
			return one(evidence.UserPool{
				Region:            i.Provider.Region,
				MFA:               poolMFA(i),
				PasswordMinLength: poolMinLength(i),
				PasswordComplex:   poolComplex(i),
				GuessProtection:   poolGuessProtection(i),
			})
		},
	}
}

func poolMFA(i *eval.Instance) evidence.Value[string] {
	words := map[string]string{"off": "off", "optional": "optional", "on": "required"}
	return enum(i.Attr("mfa_configuration"), words, unset(i, "off", docUserPool))
}

// poolMinLength is 8 without a policy; a policy that leaves it unset does not tell.
func poolMinLength(i *eval.Instance) evidence.Value[int] {
	policy := i.Block.Block("password_policy")
	if policy == nil {
		return unset(i, 8, awsrules.DocUserPassword)
	}
	missing := evidence.Because("unset", "attribute", "minimum_length")
	return policy.Attr("minimum_length").Int(evidence.Unresolved[int](missing).At(policy.At(evidence.RoleDefaults)))
}

// poolComplex says whether all four sorts of characters are demanded: without a policy they are, in a policy only those
// that it names.
func poolComplex(i *eval.Instance) evidence.Value[bool] {
	policy := i.Block.Block("password_policy")
	if policy == nil {
		return unset(i, true, awsrules.DocUserPassword)
	}
	var all []evidence.Value[bool]
	for _, name := range []string{"require_lowercase", "require_numbers", "require_symbols", "require_uppercase"} {
		all = append(all, policy.Attr(name).Bool(evidence.Default(false, docUserPool).At(policy.At(evidence.RoleDefaults))))
	}
	return evidence.AllTrue(all...)
}

func poolGuessProtection(i *eval.Instance) evidence.Value[string] {
	words := map[string]string{"off": "off", "audit": "audit", "enforced": "enforced"}
	off := unset(i, "off", awsrules.DocUserAddOns)
	return enum(i.Block.Block("user_pool_add_ons").Attr("advanced_security_mode"), words, off)
}
