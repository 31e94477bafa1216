package tom.password_policy.password_policy_complexity_test

import data.tom.password_policy.password_policy_complexity as policy

test_pass if {
	asked := input_with({"complexity": known(true)}, {"strong": true, "min_length": 12, "complexity": true, "rotation": 90})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"complexity": known(false)}, {"strong": true, "min_length": 12, "complexity": true, "rotation": 90})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "complexity"}} with input as asked
}

test_unknown if {
	asked := input_with({"complexity": unresolved}, {"strong": true, "min_length": 12, "complexity": true, "rotation": 90})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := input_with({}, {"strong": true, "min_length": 12, "complexity": true, "rotation": 90})
	policy.applies with input as asked
}

test_applies_not_where_it_is_not_promised if {
	asked := input_with({}, {"strong": true, "min_length": 12, "complexity": false, "rotation": 90})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
