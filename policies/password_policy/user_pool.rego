# METADATA
# title: Passwords of application users have at least the promised length
# description: |
#   Strong without a figure means the length that is promised or, without one, the catalogue's.
# custom:
#   id: TOM-PWD-004
#   measure: password-policy
#   kind: user_pool
#   severity: medium
#   remedy: Set minimum_length of the user pool's password_policy to at least the promised number of characters.
#   source: https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
package tom.password_policy.user_pool

import data.tom.lib.value

applies if value.wanted(input.want.strong)

applies if value.promised(input.want.min_length)

pass if {
	value.at_least(input.settings.password_min_length, input.want.min_length)
}

fail contains {"code": "below_promise", "setting": "password_min_length", "want": "min_length"} if {
	value.below(input.settings.password_min_length, input.want.min_length)
}
