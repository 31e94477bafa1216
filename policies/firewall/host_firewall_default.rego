# METADATA
# title: Firewalls of hosts drop what no rule allows
# custom:
#   id: TOM-FW-004
#   measure: firewall
#   kind: host_firewall
#   severity: high
#   remedy: Give the chain of the hook input policy drop in the family inet, or ip6tables the same rules as iptables, and load them at the start.
#   source: https://wiki.nftables.org/wiki-nftables/index.php/Configuring_chains
package tom.firewall.host_firewall_default

import data.tom.lib.value

applies if value.wanted(input.want.default_deny)

pass if {
	value.is_true(input.settings.default_deny_ipv4)
	value.is_true(input.settings.default_deny_ipv6)
}

fail contains {"code": "switched_off", "setting": "default_deny_ipv4"} if {
	value.is_false(input.settings.default_deny_ipv4)
}

fail contains {"code": "switched_off", "setting": "default_deny_ipv6"} if {
	value.is_false(input.settings.default_deny_ipv6)
}
