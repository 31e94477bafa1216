# METADATA
# title: Firewalls of hosts are loaded at the start
# custom:
#   id: TOM-FW-006
#   measure: firewall
#   kind: host_firewall
#   severity: medium
#   remedy: Save the rules to nftables.conf or rules.v4 and rules.v6, and enable the unit that loads them.
#   source: https://manpages.debian.org/bookworm/nftables/nft.8.en.html
package tom.firewall.host_firewall_boot

import data.tom.lib.value

applies if value.wanted(input.want.default_deny)

pass if value.is_true(input.settings.at_boot)

fail contains {"code": "switched_off", "setting": "at_boot"} if value.is_false(input.settings.at_boot)
