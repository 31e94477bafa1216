package tom.private_networks.public_sharing_block_test

import data.tom.private_networks.public_sharing_block as policy

test_pass if {
	asked := input_with({"blocked": known(true)}, {"public_sharing_blocked": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"blocked": known(false)}, {"public_sharing_blocked": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "blocked"}} with input as asked
}

test_unknown if {
	asked := input_with({"blocked": unresolved}, {"public_sharing_blocked": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := input_with({}, {"public_sharing_blocked": true})
	policy.applies with input as asked
}

test_applies_not_where_it_is_not_promised if {
	asked := input_with({}, {"public_sharing_blocked": false})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
