package tom.private_networks.container_service_test

import data.tom.private_networks.container_service as policy

test_pass_private if {
	asked := input_with({"public_address": known(false), "subnets_private": known(true)}, {"private_tiers": ["application", "database"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_public_address if {
	asked := input_with({"public_address": known(true), "subnets_private": known(true)}, {"private_tiers": ["application", "database"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "publicly_reachable", "setting": "public_address"}} with input as asked
}

test_fail_public_subnet if {
	asked := input_with({"public_address": known(false), "subnets_private": known(false)}, {"private_tiers": ["application", "database"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "publicly_reachable", "setting": "subnets_private"}} with input as asked
}

test_fail_public_address_decides_alone if {
	asked := input_with({"public_address": known(true), "subnets_private": unresolved}, {"private_tiers": ["application", "database"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "publicly_reachable", "setting": "public_address"}} with input as asked
}

test_unknown_subnet if {
	asked := input_with({"public_address": known(false), "subnets_private": unresolved}, {"private_tiers": ["application", "database"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := input_with({}, {"private_tiers": ["application", "database"]})
	policy.applies with input as asked
}

test_applies_not_where_the_tier_is_not_promised if {
	asked := input_with({}, {"private_tiers": ["database"]})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
