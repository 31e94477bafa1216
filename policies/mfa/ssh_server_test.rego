package tom.mfa.ssh_server_test

import data.tom.mfa.ssh_server as policy

test_pass if {
	asked := input_with({"second_factor_demanded": known(true)}, {})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"second_factor_demanded": known(false)}, {})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "second_factor_demanded"}} with input as asked
}

test_unknown if {
	asked := input_with({"second_factor_demanded": unresolved}, {})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
