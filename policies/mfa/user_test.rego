package tom.mfa.user_test

import data.tom.mfa.user as policy

test_pass if {
	asked := input_with({"root": known(false), "console_password": known(true), "second_factor": known(true)}, {})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"root": known(false), "console_password": known(true), "second_factor": known(false)}, {})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "second_factor"}} with input as asked
}

test_unknown if {
	asked := input_with({"root": known(false), "console_password": known(true), "second_factor": unresolved}, {})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_whether_it_has_a_password if {
	asked := input_with({"root": known(false), "console_password": unresolved, "second_factor": known(false)}, {})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_not_applicable_to_programs if {
	asked := input_with({"root": known(false), "console_password": known(false), "second_factor": known(false)}, {})
	policy.not_applicable with input as asked
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_not_applicable_to_root if {
	asked := input_with({"root": known(true), "console_password": known(true), "second_factor": known(false)}, {})
	policy.not_applicable with input as asked
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
