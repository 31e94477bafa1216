package tom.private_networks.database_public_test

import data.tom.private_networks.database_public as policy

test_pass if {
	asked := input_with({"publicly_accessible": known(false)}, {"private_tiers": ["cache", "database"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"publicly_accessible": known(true)}, {"private_tiers": ["cache", "database"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "publicly_reachable", "setting": "publicly_accessible"}} with input as asked
}

test_unknown if {
	asked := input_with({"publicly_accessible": unresolved}, {"private_tiers": ["cache", "database"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := input_with({}, {"private_tiers": ["cache", "database"]})
	policy.applies with input as asked
}

test_applies_not_where_it_is_not_promised if {
	asked := input_with({}, {"private_tiers": ["application"]})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
