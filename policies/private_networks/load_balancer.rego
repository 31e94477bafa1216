# METADATA
# title: Load balancers are closed to the world where the promise names none as an entry point
# custom:
#   id: TOM-NET-009
#   measure: private-networks
#   kind: load_balancer
#   severity: high
#   remedy: Let the load balancer's security group admit nobody but the promised entry points, such as the prefix list of the delivery network, or set internal = true.
#   source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/restrict-access-to-load-balancer.html
package tom.private_networks.load_balancer

import data.tom.lib.value

applies if {
	value.promised(input.want.public_entry_points)
	every word in {"alb", "elb", "load-balancer", "load balancer", "nlb"} {
		value.lacks(input.want.public_entry_points, word)
	}
}

pass if value.is_false(input.settings.open_to_world)

fail contains {"code": "publicly_reachable", "setting": "open_to_world", "want": "public_entry_points"} if {
	value.is_true(input.settings.open_to_world)
	value.promised(input.want.public_entry_points)
}
