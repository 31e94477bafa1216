# METADATA
# title: Only named addresses can log in by SSH
# custom:
#   id: TOM-REM-003
#   measure: remote-access
#   kind: ssh_server
#   severity: high
#   remedy: Let the firewall accept the port of sshd from named addresses alone, or name them in AllowUsers, or let ListenAddress be an address of the VPN.
#   source: https://man.openbsd.org/sshd_config#AllowUsers
package tom.remote_access.ssh_server_sources

import data.tom.lib.value

applies if value.wanted(input.want.allow_list)

pass if value.is_true(input.settings.sources_restricted)

fail contains {"code": "publicly_reachable", "setting": "sources_restricted"} if {
	value.is_false(input.settings.sources_restricted)
}
