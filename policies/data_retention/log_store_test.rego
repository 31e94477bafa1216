package tom.data_retention.log_store_test

import data.tom.data_retention.log_store as policy

test_pass_deleted_some_day if {
	asked := input_with({"retention_days": known(3653)})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_never_deleted if {
	asked := input_with({"retention_days": known(2147483647)})
	not policy.pass with input as asked
	policy.fail == {{"code": "not_deleted", "setting": "retention_days"}} with input as asked
}

test_unknown if {
	asked := input_with({"retention_days": unresolved})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings) := {"settings": settings, "want": {}}
