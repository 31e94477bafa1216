# METADATA
# title: Machines have no public address and lie in private subnets
# custom:
#   id: TOM-NET-005
#   measure: private-networks
#   kind: instance
#   severity: high
#   remedy: Set associate_public_ip_address = false and place the instance into a subnet without a route to an internet gateway.
#   source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html
package tom.private_networks.instance

import data.tom.lib.value

applies if value.wants(input.want.private_tiers, "application")

pass if {
	value.is_false(input.settings.public_address)
	value.is_true(input.settings.subnet_private)
}

fail contains {"code": "publicly_reachable", "setting": "public_address"} if {
	value.is_true(input.settings.public_address)
}

fail contains {"code": "publicly_reachable", "setting": "subnet_private"} if value.is_false(input.settings.subnet_private)
