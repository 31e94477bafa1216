# METADATA
# title: Addresses are banned after failed logins
# custom:
#   id: TOM-BRU-003
#   measure: brute-force-protection
#   kind: lockout_policy
#   severity: medium
#   remedy: Enable the sshd jail of fail2ban, and set maxretry and bantime.
#   source: https://manpages.debian.org/bookworm/fail2ban/jail.conf.5.en.html
package tom.brute_force_protection.lockout_policy_address

import data.tom.lib.value

applies if value.wants(input.want.mode, "ip-ban")

pass if {
	value.at_most(input.settings.address_attempts, input.want.max_attempts)
	value.at_least(input.settings.address_minutes, input.want.lockout)
}

fail contains {"code": "above_promise", "setting": "address_attempts", "want": "max_attempts"} if {
	value.above(input.settings.address_attempts, input.want.max_attempts)
}

fail contains {"code": "below_promise", "setting": "address_minutes", "want": "lockout"} if {
	value.below(input.settings.address_minutes, input.want.lockout)
}
