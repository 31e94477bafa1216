# METADATA
# title: Passwords of application users need letters of both cases, numbers and symbols
# custom:
#   id: TOM-PWD-005
#   measure: password-policy
#   kind: user_pool
#   severity: low
#   remedy: Set all four require_ arguments of the user pool's password_policy to true.
#   source: https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
package tom.password_policy.user_pool_complexity

import data.tom.lib.value

applies if value.wanted(input.want.complexity)

pass if value.is_true(input.settings.password_complex)

fail contains {"code": "switched_off", "setting": "password_complex"} if value.is_false(input.settings.password_complex)
