package tom.log_retention.log_store_min_test

import data.tom.log_retention.log_store_min as policy

test_pass_as_promised if {
	asked := input_with({"retention_days": known(90)}, {"log_retention_min": 90, "log_retention_max": 732, "auto_delete": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"retention_days": known(30)}, {"log_retention_min": 90, "log_retention_max": 732, "auto_delete": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "below_promise", "setting": "retention_days", "want": "log_retention_min"}} with input as asked
}

test_unknown if {
	asked := input_with({"retention_days": unresolved}, {"log_retention_min": 90, "log_retention_max": 732, "auto_delete": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_without_a_figure if {
	asked := input_with({"retention_days": known(90)}, {"log_retention_max": 732, "auto_delete": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
