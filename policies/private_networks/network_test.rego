package tom.private_networks.network_test

import data.tom.private_networks.network as policy

test_pass if {
	asked := input_with({"flow_logs": known(true)}, {"flow_logs": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"flow_logs": known(false)}, {"flow_logs": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "flow_logs"}} with input as asked
}

test_unknown if {
	asked := input_with({"flow_logs": unresolved}, {"flow_logs": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := input_with({}, {"flow_logs": true})
	policy.applies with input as asked
}

test_applies_not_where_it_is_not_promised if {
	asked := input_with({}, {"flow_logs": false})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
