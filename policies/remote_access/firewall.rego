# METADATA
# title: Ports of remote administration are not open to the world
# custom:
#   id: TOM-REM-001
#   measure: remote-access
#   kind: firewall
#   severity: critical
#   remedy: Remove the world from the rule for ports 22 and 3389, and administer through Session Manager, a VPN or listed addresses.
#   source: https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html
package tom.remote_access.firewall

import data.tom.lib.ports
import data.tom.lib.value

applies if value.wanted(input.want.allow_list)

pass if {
	value.complete(input.settings.open_ingress)
	every exposure in value.some_of(input.settings.open_ingress) {
		ports.spares(exposure, ports.administration)
	}
}

fail contains {"code": "publicly_reachable", "setting": "open_ingress"} if {
	some exposure in value.some_of(input.settings.open_ingress)
	ports.opens(exposure, ports.administration)
}
