# METADATA
# title: The root user of each account has a second factor, or no credentials at all
# custom:
#   id: TOM-MFA-004
#   measure: mfa
#   kind: user
#   live: true
#   scope: [admin-console, all]
#   severity: critical
#   remedy: Register a second factor for the root user, or remove its credentials for the accounts of the organisation.
#   source: https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html
package tom.mfa.user_root

import data.tom.lib.value

applies if value.wanted(input.want.root)

not_applicable if value.is_false(input.settings.root)

pass if {
	value.is_true(input.settings.root)
	value.is_true(input.settings.second_factor)
}

fail contains {"code": "switched_off", "setting": "second_factor"} if {
	value.is_true(input.settings.root)
	value.is_false(input.settings.second_factor)
}
