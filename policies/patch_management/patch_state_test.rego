package tom.patch_management.patch_state_test

import data.tom.patch_management.patch_state as policy

test_pass if {
	asked := input_with({"critical_missing": known(0)}, {})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"critical_missing": known(2)}, {})
	not policy.pass with input as asked
	policy.fail == {{"code": "patches_missing", "setting": "critical_missing"}} with input as asked
}

test_unknown_where_no_agent_reports if {
	asked := input_with({"critical_missing": unresolved}, {})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
