package tom.log_retention.log_store_max_test

import data.tom.log_retention.log_store_max as policy

test_pass_as_promised if {
	asked := input_with({"retention_days": known(731)}, {"log_retention_min": 90, "log_retention_max": 732, "auto_delete": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"retention_days": known(2147483647)}, {"log_retention_min": 90, "log_retention_max": 732, "auto_delete": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "above_promise", "setting": "retention_days", "want": "log_retention_max"}} with input as asked
}

test_unknown if {
	asked := input_with({"retention_days": unresolved}, {"log_retention_min": 90, "log_retention_max": 732, "auto_delete": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_without_a_figure if {
	asked := input_with({"retention_days": known(731)}, {"log_retention_min": 90, "auto_delete": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := input_with({}, {"log_retention_min": 90, "log_retention_max": 732, "auto_delete": true})
	policy.applies with input as asked
}

test_applies_not_where_it_is_not_promised if {
	asked := input_with({}, {"log_retention_min": 90, "log_retention_max": 732, "auto_delete": false})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
