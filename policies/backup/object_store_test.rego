package tom.backup.object_store_test

import data.tom.backup.object_store as policy

test_pass_enabled if {
	asked := input_with({"holds_logs": known(false), "versioning": known("enabled")})
	policy.pass with input as asked
	policy.fail == set() with input as asked
	not policy.not_applicable with input as asked
}

test_fail_disabled if {
	asked := input_with({"holds_logs": known(false), "versioning": known("disabled")})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "versioning"}} with input as asked
	not policy.not_applicable with input as asked
}

test_fail_suspended if {
	asked := input_with({"holds_logs": known(false), "versioning": known("suspended")})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "versioning"}} with input as asked
	not policy.not_applicable with input as asked
}

test_not_applicable_to_logs if {
	asked := input_with({"holds_logs": known(true), "versioning": known("disabled")})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
	policy.not_applicable with input as asked
}

test_unknown_versioning if {
	asked := input_with({"holds_logs": known(false), "versioning": unresolved})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
	not policy.not_applicable with input as asked
}

test_unknown_whether_it_holds_logs if {
	asked := input_with({"holds_logs": unresolved, "versioning": known("disabled")})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
	not policy.not_applicable with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings) := {"settings": settings, "want": {}}
