# METADATA
# title: Firewalls are open to the world on the promised public ports only
# description: |
#   No rule is the best rule: an empty list passes. ICMP has no ports and is not judged; protocols other than TCP are open
#   beyond any list of TCP ports.
# custom:
#   id: TOM-FW-001
#   measure: firewall
#   kind: firewall
#   severity: high
#   remedy: Limit the rule to the addresses, prefix lists or security groups that need it, or promise the port in public_ports.
#   source: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
package tom.firewall.firewall

import data.tom.lib.ports
import data.tom.lib.value

open := ports.promised(input.want.public_ports, input.want.admin_sources)

pass if {
	value.complete(input.settings.open_ingress)
	every exposure in value.some_of(input.settings.open_ingress) {
		ports.within(exposure, open)
	}
}

fail contains {"code": "open_to_world", "setting": "open_ingress", "want": "public_ports"} if {
	some exposure in value.some_of(input.settings.open_ingress)
	ports.beyond(exposure, open)
}
