# METADATA
# title: The interface of the container daemon is not open to the network
# custom:
#   id: TOM-NET-014
#   measure: private-networks
#   kind: container_host
#   severity: critical
#   remedy: Remove the tcp address from hosts in daemon.json, or demand certificates of clients with tlsverify.
#   source: https://docs.docker.com/engine/security/protect-access/
package tom.private_networks.container_host

import data.tom.lib.value

pass if value.differs(input.settings.api_exposed, "open")

fail contains {"code": "publicly_reachable", "setting": "api_exposed"} if {
	value.equals(input.settings.api_exposed, "open")
}
