# METADATA
# title: Load balancers are internal where the promise names no load balancer as an entry point
# custom:
#   id: TOM-NET-009
#   measure: private-networks
#   kind: load_balancer
#   severity: high
#   remedy: Set internal = true, or add the load balancer to the promised entry points.
#   source: https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
package tom.private_networks.load_balancer

import data.tom.lib.value

applies if {
	value.promised(input.want.public_entry_points)
	every word in {"alb", "elb", "load-balancer", "load balancer", "nlb"} {
		value.lacks(input.want.public_entry_points, word)
	}
}

pass if value.is_false(input.settings.public)

fail contains {"code": "publicly_reachable", "setting": "public", "want": "public_entry_points"} if {
	value.is_true(input.settings.public)
	value.promised(input.want.public_entry_points)
}
