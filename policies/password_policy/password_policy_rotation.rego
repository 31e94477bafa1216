# METADATA
# title: Passwords of the account expire after the promised time
# custom:
#   id: TOM-PWD-003
#   measure: password-policy
#   kind: password_policy
#   severity: low
#   remedy: Set max_password_age to at most the promised number of days; on a server PASS_MAX_DAYS in login.defs, and chage -M for accounts that exist.
#   source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
package tom.password_policy.password_policy_rotation

import data.tom.lib.value

applies if value.promised(input.want.rotation)

pass if {
	value.at_most(input.settings.max_age_days, input.want.rotation)
}

fail contains {"code": "above_promise", "setting": "max_age_days", "want": "rotation"} if {
	value.above(input.settings.max_age_days, input.want.rotation)
}
