# METADATA
# title: Nobody logs in as root
# description: |
#   A key that runs one named command, and opens no session, is no login.
# custom:
#   id: TOM-PRV-001
#   measure: privileged-access
#   kind: ssh_server
#   severity: high
#   remedy: Set PermitRootLogin no in sshd_config, and let administrators log in by their own accounts and use sudo.
#   source: https://man.openbsd.org/sshd_config#PermitRootLogin
package tom.privileged_access.ssh_server_root

import data.tom.lib.value

applies if value.unwanted(input.want.root_use)

pass if value.one_of(input.settings.root_login, ["refused", "forced-commands"])

fail contains {"code": "differs_from_promise", "setting": "root_login", "want": "root_use"} if {
	value.none_of(input.settings.root_login, ["refused", "forced-commands"])
	value.unwanted(input.want.root_use)
}
