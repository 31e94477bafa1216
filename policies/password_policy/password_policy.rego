# METADATA
# title: Passwords of the account have at least the promised length
# description: |
#   Strong without a figure means the length that is promised or, without one, the catalogue's.
# custom:
#   id: TOM-PWD-001
#   measure: password-policy
#   kind: password_policy
#   severity: medium
#   remedy: Set minimum_password_length to at least the promised number of characters; on a server minlen of pam_pwquality.
#   source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
package tom.password_policy.password_policy

import data.tom.lib.value

applies if value.wanted(input.want.strong)

applies if value.promised(input.want.min_length)

pass if {
	value.at_least(input.settings.min_length, input.want.min_length)
}

fail contains {"code": "below_promise", "setting": "min_length", "want": "min_length"} if {
	value.below(input.settings.min_length, input.want.min_length)
}
