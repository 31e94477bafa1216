package tom.backup.backup_plan_selection_test

import data.tom.backup.backup_plan_selection as policy

test_pass if {
	asked := input_with({"selects_any": known(true)})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"selects_any": known(false)})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "selects_any"}} with input as asked
}

test_unknown if {
	asked := input_with({"selects_any": unresolved})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings) := {"settings": settings, "want": {}}
