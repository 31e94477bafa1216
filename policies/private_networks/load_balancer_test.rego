package tom.private_networks.load_balancer_test

import data.tom.private_networks.load_balancer as policy

test_pass_closed if {
	asked := input_with({"open_to_world": known(false)}, {"public_entry_points": ["cloudfront"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_open if {
	asked := input_with({"open_to_world": known(true)}, {"public_entry_points": ["cloudfront"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "publicly_reachable", "setting": "open_to_world", "want": "public_entry_points"}} with input as asked
}

test_unknown_groups if {
	asked := input_with({"open_to_world": unresolved}, {"public_entry_points": ["cloudfront"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies_where_only_the_network_in_front_is_named if {
	asked := input_with({}, {"public_entry_points": ["cloudfront"]})
	policy.applies with input as asked
}

test_applies_not_where_load_balancers_are_named if {
	asked := input_with({}, {"public_entry_points": ["alb", "cloudfront"]})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
