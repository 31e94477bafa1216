package tom.patch_management.patch_state_scan_test

import data.tom.patch_management.patch_state_scan as policy

test_pass if {
	asked := input_with({"scan_age_days": known(30)}, {"interval": 30})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"scan_age_days": known(31)}, {"interval": 30})
	not policy.pass with input as asked
	policy.fail == {{"code": "above_promise", "setting": "scan_age_days", "want": "interval"}} with input as asked
}

test_unknown_where_no_agent_reports if {
	asked := input_with({"scan_age_days": unresolved}, {"interval": 30})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
