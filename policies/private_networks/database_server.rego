# METADATA
# title: Database servers cannot be reached by the world
# custom:
#   id: TOM-NET-013
#   measure: private-networks
#   kind: database_server
#   severity: critical
#   remedy: Let listen_addresses or bind-address be loopback or a private address, and let the firewall drop the port; where mariadb.socket starts the daemon, its ListenStream decides.
#   source: https://www.postgresql.org/docs/current/runtime-config-connection.html
package tom.private_networks.database_server

import data.tom.lib.value

applies if value.wants(input.want.private_tiers, "database")

applies if value.wants(input.want.private_tiers, "cache")

pass if value.is_false(input.settings.publicly_accessible)

pass if value.equals(input.settings.listens, "local")

fail contains {"code": "publicly_reachable", "setting": "publicly_accessible"} if {
	value.is_true(input.settings.publicly_accessible)
	value.differs(input.settings.listens, "local")
}
