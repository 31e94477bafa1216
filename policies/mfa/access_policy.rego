# METADATA
# title: A policy denies what is done in the console without a second factor
# description: |
#   People may also be asked for a second factor by an identity provider, which no policy shows: code without such a
#   policy leaves the question open.
# custom:
#   id: TOM-MFA-002
#   measure: mfa
#   kind: access_policy
#   over: population
#   when_none: unknown
#   scope: [admin-console, all]
#   severity: medium
#   remedy: Attach a policy to the groups of people that denies actions where aws:MultiFactorAuthPresent is false, or attest how the identity provider demands it.
#   source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage.html
package tom.mfa.access_policy

import data.tom.lib.value

pass if {
	some item in input.facts
	item.placeholder == false
	value.is_true(item.settings.mfa_enforced)
	value.one_of(item.settings.attached_to, {"group", "permission-set", "role", "user"})
}

fail contains {"code": "none_found"} if {
	input.complete
	every item in input.facts {
		value.is_false(item.settings.mfa_enforced)
	}
}

fail contains {"code": "switched_off", "setting": "attached_to", "facts": [item.id]} if {
	input.complete
	every other in input.facts {
		without_effect(other)
	}
	some item in input.facts
	value.is_true(item.settings.mfa_enforced)
}

without_effect(item) if value.is_false(item.settings.mfa_enforced)

without_effect(item) if value.equals(item.settings.attached_to, "nobody")
