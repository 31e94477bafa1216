# METADATA
# title: Container services have no public address and lie in private subnets
# custom:
#   id: TOM-NET-006
#   measure: private-networks
#   kind: container_service
#   severity: high
#   remedy: Set assign_public_ip = false and name subnets without a route to an internet gateway.
#   source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
package tom.private_networks.container_service

import data.tom.lib.value

applies if value.wants(input.want.private_tiers, "application")

pass if {
	value.is_false(input.settings.public_address)
	value.is_true(input.settings.subnets_private)
}

fail contains {"code": "publicly_reachable", "setting": "public_address"} if {
	value.is_true(input.settings.public_address)
}

fail contains {"code": "publicly_reachable", "setting": "subnets_private"} if value.is_false(input.settings.subnets_private)
