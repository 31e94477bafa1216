package tom.data_retention.log_rotation_test

import data.tom.data_retention.log_rotation as policy

test_pass if {
	asked := input_with({"kept_max_days": known(400)}, {})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"kept_max_days": known(2147483647)}, {})
	not policy.pass with input as asked
	policy.fail == {{"code": "not_deleted", "setting": "kept_max_days"}} with input as asked
}

test_unknown if {
	asked := input_with({"kept_max_days": unresolved}, {})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
