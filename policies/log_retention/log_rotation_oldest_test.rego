package tom.log_retention.log_rotation_oldest_test

import data.tom.log_retention.log_rotation_oldest as policy

test_pass if {
	asked := input_with({"oldest_days": known(29), "period_days": known(7)}, {"log_retention_max": 30})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"oldest_days": known(100), "period_days": known(7)}, {"log_retention_max": 30})
	not policy.pass with input as asked
	policy.fail == {{"code": "above_promise", "setting": "oldest_days", "want": "log_retention_max"}} with input as asked
}

test_unknown if {
	asked := input_with({"oldest_days": unresolved, "period_days": known(7)}, {"log_retention_max": 30})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
