package tom.data_retention.object_store_test

import data.tom.data_retention.object_store as policy

test_pass_as_promised if {
	asked := input_with({"holds_logs": known(false), "retention_days": known(30)}, {"max": 30, "auto_delete": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
	not policy.not_applicable with input as asked
}

test_fail if {
	asked := input_with({"holds_logs": known(false), "retention_days": known(2147483647)}, {"max": 30, "auto_delete": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "above_promise", "setting": "retention_days", "want": "max"}} with input as asked
	not policy.not_applicable with input as asked
}

test_unknown if {
	asked := input_with({"holds_logs": known(false), "retention_days": unresolved}, {"max": 30, "auto_delete": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
	not policy.not_applicable with input as asked
}

test_unknown_without_a_figure if {
	asked := input_with({"holds_logs": known(false), "retention_days": known(30)}, {"auto_delete": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
	not policy.not_applicable with input as asked
}

test_not_applicable if {
	asked := input_with({"holds_logs": known(true), "retention_days": known(2147483647)}, {"max": 30, "auto_delete": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
	policy.not_applicable with input as asked
}

test_unknown_whether_it_is_meant if {
	asked := input_with({"holds_logs": unresolved, "retention_days": known(2147483647)}, {"max": 30, "auto_delete": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
	not policy.not_applicable with input as asked
}

test_applies if {
	asked := input_with({}, {"max": 30, "auto_delete": true})
	policy.applies with input as asked
}

test_applies_not_where_it_is_not_promised if {
	asked := input_with({}, {"auto_delete": true})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
