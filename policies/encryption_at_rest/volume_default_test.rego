package tom.encryption_at_rest.volume_default_test

import data.tom.encryption_at_rest.volume_default as policy

test_pass_on if {
	asked := input_with({"encrypted": known(true)})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_off if {
	asked := input_with({"encrypted": known(false)})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "encrypted"}} with input as asked
}

test_unknown if {
	asked := input_with({"encrypted": unresolved})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings) := {"settings": settings, "want": {}}
