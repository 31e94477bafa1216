# METADATA
# title: Accounts of hosts are locked after failed logins
# custom:
#   id: TOM-BRU-002
#   measure: brute-force-protection
#   kind: lockout_policy
#   severity: medium
#   remedy: Put pam_faillock before and after pam_unix, and set deny and unlock_time in faillock.conf.
#   source: https://man7.org/linux/man-pages/man8/pam_faillock.8.html
package tom.brute_force_protection.lockout_policy_account

import data.tom.lib.value

applies if value.wants(input.want.mode, "account-lockout")

pass if {
	value.at_most(input.settings.account_attempts, input.want.max_attempts)
	value.at_least(input.settings.account_minutes, input.want.lockout)
}

fail contains {"code": "above_promise", "setting": "account_attempts", "want": "max_attempts"} if {
	value.above(input.settings.account_attempts, input.want.max_attempts)
}

fail contains {"code": "below_promise", "setting": "account_minutes", "want": "lockout"} if {
	value.below(input.settings.account_minutes, input.want.lockout)
}
