# METADATA
# title: Only named users or groups can log in by SSH
# custom:
#   id: TOM-PRV-003
#   measure: privileged-access
#   kind: ssh_server
#   severity: low
#   remedy: Name who may log in with AllowUsers or AllowGroups in sshd_config.
#   source: https://man.openbsd.org/sshd_config#AllowGroups
package tom.privileged_access.ssh_server_users

import data.tom.lib.value

applies if value.wanted(input.want.named_admins)

pass if value.is_true(input.settings.users_restricted)

fail contains {"code": "switched_off", "setting": "users_restricted"} if {
	value.is_false(input.settings.users_restricted)
}
