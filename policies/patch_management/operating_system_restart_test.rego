package tom.patch_management.operating_system_restart_test

import data.tom.patch_management.operating_system_restart as policy

test_pass if {
	asked := input_with({"restart_pending": known(false)}, {})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"restart_pending": known(true)}, {})
	not policy.pass with input as asked
	policy.fail == {{"code": "updates_not_in_force", "setting": "restart_pending"}} with input as asked
}

test_unknown if {
	asked := input_with({"restart_pending": unresolved}, {})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
