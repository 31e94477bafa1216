package tom.log_retention.log_rotation_max_test

import data.tom.log_retention.log_rotation_max as policy

test_pass if {
	asked := input_with({"kept_max_days": known(30), "period_days": unresolved}, {"log_retention_max": 30})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_rotated if {
	asked := input_with({"kept_max_days": known(42), "period_days": known(7)}, {"log_retention_max": 30})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_beyond_two_periods if {
	asked := input_with({"kept_max_days": known(33), "period_days": known(1)}, {"log_retention_max": 30})
	not policy.pass with input as asked
	policy.fail == {{"code": "above_promise", "setting": "kept_max_days", "want": "log_retention_max"}} with input as asked
}

test_fail_for_ever if {
	asked := input_with({"kept_max_days": known(2147483647), "period_days": known(7)}, {"log_retention_max": 30})
	not policy.pass with input as asked
	policy.fail == {{"code": "above_promise", "setting": "kept_max_days", "want": "log_retention_max"}} with input as asked
}

test_unknown if {
	asked := input_with({"kept_max_days": unresolved, "period_days": known(7)}, {"log_retention_max": 30})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_period if {
	asked := input_with({"kept_max_days": known(42), "period_days": unresolved}, {"log_retention_max": 30})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
