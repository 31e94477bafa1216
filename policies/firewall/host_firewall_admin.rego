# METADATA
# title: Only listed addresses reach the ports of administration
# custom:
#   id: TOM-FW-005
#   measure: firewall
#   kind: host_firewall
#   severity: high
#   remedy: Limit the rule for the port of sshd to the addresses of the administrators or of the VPN, for IPv4 and IPv6.
#   source: https://wiki.nftables.org/wiki-nftables/index.php/Configuring_chains
package tom.firewall.host_firewall_admin

import data.tom.lib.value

applies if value.lacks(input.want.admin_sources, "any")

pass if value.differs(input.settings.admin_sources, "any")

fail contains {"code": "differs_from_promise", "setting": "admin_sources", "want": "admin_sources"} if {
	value.equals(input.settings.admin_sources, "any")
	value.lacks(input.want.admin_sources, "any")
}
