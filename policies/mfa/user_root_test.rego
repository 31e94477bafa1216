package tom.mfa.user_root_test

import data.tom.mfa.user_root as policy

test_pass if {
	asked := input_with({"root": known(true), "second_factor": known(true)}, {"root": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"root": known(true), "second_factor": known(false)}, {"root": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "second_factor"}} with input as asked
}

test_unknown if {
	asked := input_with({"root": known(true), "second_factor": unresolved}, {"root": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_not_applicable_to_others if {
	asked := input_with({"root": known(false), "second_factor": known(false)}, {"root": true})
	policy.not_applicable with input as asked
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := input_with({}, {"root": true})
	policy.applies with input as asked
}

test_applies_not_where_root_is_not_promised if {
	asked := input_with({}, {"root": false})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
