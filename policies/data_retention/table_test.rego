package tom.data_retention.table_test

import data.tom.data_retention.table as policy

test_pass if {
	asked := input_with({"items_expire": known(true)}, {"max": 30, "auto_delete": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"items_expire": known(false)}, {"max": 30, "auto_delete": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "not_deleted", "setting": "items_expire"}} with input as asked
}

test_unknown if {
	asked := input_with({"items_expire": unresolved}, {"max": 30, "auto_delete": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := input_with({}, {"max": 30, "auto_delete": true})
	policy.applies with input as asked
}

test_applies_not_where_it_is_not_promised if {
	asked := input_with({}, {"max": 30, "auto_delete": false})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
