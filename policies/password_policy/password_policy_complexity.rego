# METADATA
# title: Passwords of the account need letters of both cases, numbers and symbols
# custom:
#   id: TOM-PWD-002
#   measure: password-policy
#   kind: password_policy
#   severity: low
#   remedy: Set all four require_ arguments of the account's password policy to true; on a server minclass = 4 of pam_pwquality.
#   source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
package tom.password_policy.password_policy_complexity

import data.tom.lib.value

applies if value.wanted(input.want.complexity)

pass if value.is_true(input.settings.complexity)

fail contains {"code": "switched_off", "setting": "complexity"} if value.is_false(input.settings.complexity)
