package tom.resilience.database_test

import data.tom.resilience.database as policy

test_pass if {
	asked := input_with({"multi_az": known(true)}, {"multi_az": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"multi_az": known(false)}, {"multi_az": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "multi_az"}} with input as asked
}

test_unknown if {
	asked := input_with({"multi_az": unresolved}, {"multi_az": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := input_with({}, {"multi_az": true})
	policy.applies with input as asked
}

test_applies_not_where_it_is_not_promised if {
	asked := input_with({}, {"multi_az": false})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
