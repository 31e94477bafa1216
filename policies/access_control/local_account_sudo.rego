# METADATA
# title: Nobody becomes root without a proof of who they are
# description: |
#   A rule that names single commands, such as those of a monitoring agent, may do without a password.
# custom:
#   id: TOM-ACL-005
#   measure: access-control
#   kind: local_account
#   severity: high
#   remedy: Remove NOPASSWD and !authenticate from the rule in sudoers, or limit it to the commands that need it.
#   source: https://www.sudo.ws/docs/man/sudoers.man/#NOPASSWD
package tom.access_control.local_account_sudo

import data.tom.lib.value

applies if value.wanted(input.want.least_privilege)

pass if value.is_false(input.settings.sudo_all)

pass if value.is_false(input.settings.sudo_without_proof)

fail contains {"code": "root_without_proof", "setting": "sudo_without_proof"} if {
	value.is_true(input.settings.sudo_all)
	value.is_true(input.settings.sudo_without_proof)
}
