package tom.password_policy.password_policy_rotation_test

import data.tom.password_policy.password_policy_rotation as policy

test_pass_as_promised if {
	asked := input_with({"max_age_days": known(90)}, {"strong": true, "min_length": 12, "complexity": true, "rotation": 90})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"max_age_days": known(2147483647)}, {"strong": true, "min_length": 12, "complexity": true, "rotation": 90})
	not policy.pass with input as asked
	policy.fail == {{"code": "above_promise", "setting": "max_age_days", "want": "rotation"}} with input as asked
}

test_unknown if {
	asked := input_with({"max_age_days": unresolved}, {"strong": true, "min_length": 12, "complexity": true, "rotation": 90})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_without_a_figure if {
	asked := input_with({"max_age_days": known(90)}, {"strong": true, "min_length": 12, "complexity": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := input_with({}, {"strong": true, "min_length": 12, "complexity": true, "rotation": 90})
	policy.applies with input as asked
}

test_applies_not_where_it_is_not_promised if {
	asked := input_with({}, {"strong": true, "min_length": 12, "complexity": true})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
