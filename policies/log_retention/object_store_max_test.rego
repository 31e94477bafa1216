package tom.log_retention.object_store_max_test

import data.tom.log_retention.object_store_max as policy

test_pass_as_promised if {
	asked := input_with({"holds_logs": known(true), "retention_days": known(365), "noncurrent_days": known(365)}, {"log_retention_min": 90, "log_retention_max": 732, "auto_delete": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
	not policy.not_applicable with input as asked
}

test_fail_retention_days if {
	asked := input_with({"holds_logs": known(true), "retention_days": known(2147483647), "noncurrent_days": known(365)}, {"log_retention_min": 90, "log_retention_max": 732, "auto_delete": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "above_promise", "setting": "retention_days", "want": "log_retention_max"}} with input as asked
	not policy.not_applicable with input as asked
}

test_fail_noncurrent_days if {
	asked := input_with({"holds_logs": known(true), "retention_days": known(365), "noncurrent_days": known(2147483647)}, {"log_retention_min": 90, "log_retention_max": 732, "auto_delete": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "above_promise", "setting": "noncurrent_days", "want": "log_retention_max"}} with input as asked
	not policy.not_applicable with input as asked
}

test_unknown if {
	asked := input_with({"holds_logs": known(true), "retention_days": unresolved, "noncurrent_days": known(365)}, {"log_retention_min": 90, "log_retention_max": 732, "auto_delete": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
	not policy.not_applicable with input as asked
}

test_unknown_without_a_figure if {
	asked := input_with({"holds_logs": known(true), "retention_days": known(365), "noncurrent_days": known(365)}, {"log_retention_min": 90, "auto_delete": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
	not policy.not_applicable with input as asked
}

test_not_applicable if {
	asked := input_with({"holds_logs": known(false), "retention_days": known(2147483647), "noncurrent_days": known(365)}, {"log_retention_min": 90, "log_retention_max": 732, "auto_delete": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
	policy.not_applicable with input as asked
}

test_unknown_whether_it_is_meant if {
	asked := input_with({"holds_logs": unresolved, "retention_days": known(2147483647), "noncurrent_days": known(365)}, {"log_retention_min": 90, "log_retention_max": 732, "auto_delete": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
	not policy.not_applicable with input as asked
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
