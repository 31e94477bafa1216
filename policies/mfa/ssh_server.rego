# METADATA
# title: SSH servers demand two factors
# custom:
#   id: TOM-MFA-005
#   measure: mfa
#   kind: ssh_server
#   scope: [all, server-admin]
#   severity: high
#   remedy: Set AuthenticationMethods publickey,keyboard-interactive and let PAM ask for a one-time code, or accept only hardware keys that verify the user.
#   source: https://man.openbsd.org/sshd_config#AuthenticationMethods
package tom.mfa.ssh_server

import data.tom.lib.value

pass if value.is_true(input.settings.second_factor_demanded)

fail contains {"code": "switched_off", "setting": "second_factor_demanded"} if {
	value.is_false(input.settings.second_factor_demanded)
}
