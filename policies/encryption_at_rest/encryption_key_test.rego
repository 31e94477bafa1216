package tom.encryption_at_rest.encryption_key_test

import data.tom.encryption_at_rest.encryption_key as policy

test_pass_rotates_yearly if {
	asked := input_with({"rotates": known("automatic"), "rotation_days": known(365)})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_rotates_too_seldom if {
	asked := input_with({"rotates": known("automatic"), "rotation_days": known(730)})
	not policy.pass with input as asked
	policy.fail == {{"code": "above_promise", "setting": "rotation_days", "want": "key_rotation"}} with input as asked
}

test_fail_does_not_rotate if {
	asked := input_with({"rotates": known("no"), "rotation_days": known(2147483647)})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "rotates", "want": "key_rotation"}} with input as asked
}

test_unknown_whether_it_rotates if {
	asked := input_with({"rotates": unresolved, "rotation_days": known(365)})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_how_others_rotate_it if {
	asked := input_with({"rotates": known("not-supported"), "rotation_days": unresolved})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings) := {"settings": settings, "want": {"key_rotation": 365}}
