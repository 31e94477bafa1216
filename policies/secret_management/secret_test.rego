package tom.secret_management.secret_test

import data.tom.secret_management.secret as policy

test_pass_as_promised if {
	asked := input_with({"rotation_days": known(30)}, {"in_code": "forbidden", "rotation": 90})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"rotation_days": known(2147483647)}, {"in_code": "forbidden", "rotation": 90})
	not policy.pass with input as asked
	policy.fail == {{"code": "above_promise", "setting": "rotation_days", "want": "rotation"}} with input as asked
}

test_unknown if {
	asked := input_with({"rotation_days": unresolved}, {"in_code": "forbidden", "rotation": 90})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_without_a_figure if {
	asked := input_with({"rotation_days": known(30)}, {"in_code": "forbidden"})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := input_with({}, {"in_code": "forbidden", "rotation": 90})
	policy.applies with input as asked
}

test_applies_not_where_it_is_not_promised if {
	asked := input_with({}, {"in_code": "forbidden"})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
