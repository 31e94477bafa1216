# METADATA
# title: User pools act on suspicious sign-ins
# description: |
#   Every user pool locks an account for a growing time after failed attempts by itself; what can be switched is whether it
#   acts on the source and the rate of attempts.
# custom:
#   id: TOM-BRU-001
#   measure: brute-force-protection
#   kind: user_pool
#   severity: medium
#   remedy: Set advanced_security_mode = ENFORCED in user_pool_add_ons.
#   source: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-threat-protection.html
package tom.brute_force_protection.user_pool

import data.tom.lib.value

applies if value.wants(input.want.mode, "ip-ban")

applies if value.wants(input.want.mode, "rate-limit")

pass if value.equals(input.settings.guess_protection, "enforced")

fail contains {"code": "switched_off", "setting": "guess_protection"} if {
	value.equals(input.settings.guess_protection, "off")
}

fail contains {"code": "differs_from_promise", "setting": "guess_protection", "want": "mode"} if {
	value.equals(input.settings.guess_protection, "audit")
	value.promised(input.want.mode)
}
