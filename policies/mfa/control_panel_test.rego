package tom.mfa.control_panel_test

import data.tom.mfa.control_panel as policy

test_pass if {
	asked := input_with({"second_factor_policy": known(true), "admins_enrolled": known(true)}, {})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_off if {
	asked := input_with({"second_factor_policy": known(false), "admins_enrolled": unresolved}, {})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "second_factor_policy"}} with input as asked
}

test_fail_nobody_enrolled if {
	asked := input_with({"second_factor_policy": known(true), "admins_enrolled": known(false)}, {})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "admins_enrolled"}} with input as asked
}

test_unknown if {
	asked := input_with({"second_factor_policy": known(true), "admins_enrolled": unresolved}, {})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
