package tom.log_retention.log_rotation_min_test

import data.tom.log_retention.log_rotation_min as policy

test_pass if {
	asked := input_with({"kept_min_days": known(90)}, {"log_retention_min": 90})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"kept_min_days": known(89)}, {"log_retention_min": 90})
	not policy.pass with input as asked
	policy.fail == {{"code": "below_promise", "setting": "kept_min_days", "want": "log_retention_min"}} with input as asked
}

test_unknown if {
	asked := input_with({"kept_min_days": unresolved}, {"log_retention_min": 90})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
