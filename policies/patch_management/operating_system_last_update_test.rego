package tom.patch_management.operating_system_last_update_test

import data.tom.patch_management.operating_system_last_update as policy

test_pass if {
	asked := input_with({"last_update_days": known(30)}, {"interval": 30})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"last_update_days": known(31)}, {"interval": 30})
	not policy.pass with input as asked
	policy.fail == {{"code": "above_promise", "setting": "last_update_days", "want": "interval"}} with input as asked
}

test_unknown if {
	asked := input_with({"last_update_days": unresolved}, {"interval": 30})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
