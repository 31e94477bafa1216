package tom.private_networks.kubernetes_cluster_test

import data.tom.private_networks.kubernetes_cluster as policy

test_pass_private if {
	asked := input_with({"public_endpoint": known("none")}, {"public_entry_points": ["alb"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_listed_addresses if {
	asked := input_with({"public_endpoint": known("restricted")}, {"public_entry_points": ["alb"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"public_endpoint": known("world")}, {"public_entry_points": ["alb"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "publicly_reachable", "setting": "public_endpoint", "want": "public_entry_points"}} with input as asked
}

test_unknown if {
	asked := input_with({"public_endpoint": unresolved}, {"public_entry_points": ["alb"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := input_with({}, {"public_entry_points": ["alb"]})
	policy.applies with input as asked
}

test_applies_not_where_it_is_an_entry_point if {
	asked := input_with({}, {"public_entry_points": ["kubernetes"]})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
