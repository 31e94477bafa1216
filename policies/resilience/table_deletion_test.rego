package tom.resilience.table_deletion_test

import data.tom.resilience.table_deletion as policy

test_pass if {
	asked := input_with({"deletion_protection": known(true)})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"deletion_protection": known(false)})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "deletion_protection"}} with input as asked
}

test_unknown if {
	asked := input_with({"deletion_protection": unresolved})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings) := {"settings": settings, "want": {}}
