# METADATA
# title: Users of applications must sign in with a second factor
# custom:
#   id: TOM-MFA-001
#   measure: mfa
#   kind: user_pool
#   scope: [all, user]
#   severity: high
#   remedy: Set mfa_configuration = ON and configure a second factor.
#   source: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html
package tom.mfa.user_pool

import data.tom.lib.value

pass if value.equals(input.settings.mfa, "required")

fail contains {"code": "switched_off", "setting": "mfa"} if value.equals(input.settings.mfa, "off")

fail contains {"code": "differs_from_promise", "setting": "mfa", "want": "scope"} if {
	value.equals(input.settings.mfa, "optional")
	value.promised(input.want.scope)
}
