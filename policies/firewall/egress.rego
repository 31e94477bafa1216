# METADATA
# title: Firewalls limit what can be reached in the world
# custom:
#   id: TOM-FW-003
#   measure: firewall
#   kind: firewall
#   severity: medium
#   remedy: Replace the egress rule for all ports by rules for the ports and addresses that are needed.
#   source: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
package tom.firewall.egress

import data.tom.lib.ports
import data.tom.lib.value

applies if value.wants(input.want.direction, "egress")

pass if {
	value.complete(input.settings.open_egress)
	every exposure in value.some_of(input.settings.open_egress) {
		ports.limited(exposure)
	}
}

fail contains {"code": "differs_from_promise", "setting": "open_egress", "want": "direction"} if {
	value.wants(input.want.direction, "egress")
	some exposure in value.some_of(input.settings.open_egress)
	ports.unlimited(exposure)
}
