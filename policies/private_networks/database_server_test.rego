package tom.private_networks.database_server_test

import data.tom.private_networks.database_server as policy

test_pass if {
	asked := input_with({"publicly_accessible": known(false), "listens": known("any")}, {"private_tiers": ["database"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_local if {
	asked := input_with({"publicly_accessible": unresolved, "listens": known("local")}, {"private_tiers": ["database"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"publicly_accessible": known(true), "listens": known("any")}, {"private_tiers": ["database"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "publicly_reachable", "setting": "publicly_accessible"}} with input as asked
}

test_unknown if {
	asked := input_with({"publicly_accessible": unresolved, "listens": known("any")}, {"private_tiers": ["database"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
