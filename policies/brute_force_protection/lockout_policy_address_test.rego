package tom.brute_force_protection.lockout_policy_address_test

import data.tom.brute_force_protection.lockout_policy_address as policy

test_pass if {
	asked := input_with({"address_attempts": known(10), "address_minutes": known(15)}, {"max_attempts": 10, "lockout": 15, "mode": "ip-ban"})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_too_many if {
	asked := input_with({"address_attempts": known(11), "address_minutes": known(15)}, {"max_attempts": 10, "lockout": 15, "mode": "ip-ban"})
	not policy.pass with input as asked
	policy.fail == {{"code": "above_promise", "setting": "address_attempts", "want": "max_attempts"}} with input as asked
}

test_fail_too_short if {
	asked := input_with({"address_attempts": known(10), "address_minutes": known(14)}, {"max_attempts": 10, "lockout": 15, "mode": "ip-ban"})
	not policy.pass with input as asked
	policy.fail == {{"code": "below_promise", "setting": "address_minutes", "want": "lockout"}} with input as asked
}

test_unknown if {
	asked := input_with({"address_attempts": known(10), "address_minutes": unresolved}, {"max_attempts": 10, "lockout": 15, "mode": "ip-ban"})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
