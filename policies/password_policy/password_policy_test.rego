package tom.password_policy.password_policy_test

import data.tom.password_policy.password_policy as policy

test_pass_as_promised if {
	asked := input_with({"min_length": known(14)}, {"strong": true, "min_length": 12, "complexity": true, "rotation": 90})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"min_length": known(8)}, {"strong": true, "min_length": 12, "complexity": true, "rotation": 90})
	not policy.pass with input as asked
	policy.fail == {{"code": "below_promise", "setting": "min_length", "want": "min_length"}} with input as asked
}

test_unknown if {
	asked := input_with({"min_length": unresolved}, {"strong": true, "min_length": 12, "complexity": true, "rotation": 90})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_without_a_figure if {
	asked := input_with({"min_length": known(14)}, {"strong": true, "complexity": true, "rotation": 90})
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
