package tom.password_policy.user_pool_test

import data.tom.password_policy.user_pool as policy

test_pass_as_promised if {
	asked := input_with({"password_min_length": known(12)}, {"strong": true, "min_length": 12, "complexity": true, "rotation": 90})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"password_min_length": known(8)}, {"strong": true, "min_length": 12, "complexity": true, "rotation": 90})
	not policy.pass with input as asked
	policy.fail == {{"code": "below_promise", "setting": "password_min_length", "want": "min_length"}} with input as asked
}

test_unknown if {
	asked := input_with({"password_min_length": unresolved}, {"strong": true, "min_length": 12, "complexity": true, "rotation": 90})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_without_a_figure if {
	asked := input_with({"password_min_length": known(12)}, {"strong": true, "complexity": true, "rotation": 90})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := input_with({}, {"strong": true, "min_length": 12, "complexity": true, "rotation": 90})
	policy.applies with input as asked
}

test_applies_not_where_it_is_not_promised if {
	asked := input_with({}, {"strong": false, "complexity": true, "rotation": 90})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
