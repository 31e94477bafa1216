package tom.brute_force_protection.lockout_policy_account_test

import data.tom.brute_force_protection.lockout_policy_account as policy

test_pass if {
	asked := input_with({"account_attempts": known(10), "account_minutes": known(15)}, {"max_attempts": 10, "lockout": 15, "mode": "account-lockout"})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_too_many if {
	asked := input_with({"account_attempts": known(11), "account_minutes": known(15)}, {"max_attempts": 10, "lockout": 15, "mode": "account-lockout"})
	not policy.pass with input as asked
	policy.fail == {{"code": "above_promise", "setting": "account_attempts", "want": "max_attempts"}} with input as asked
}

test_fail_too_short if {
	asked := input_with({"account_attempts": known(10), "account_minutes": known(14)}, {"max_attempts": 10, "lockout": 15, "mode": "account-lockout"})
	not policy.pass with input as asked
	policy.fail == {{"code": "below_promise", "setting": "account_minutes", "want": "lockout"}} with input as asked
}

test_unknown if {
	asked := input_with({"account_attempts": known(10), "account_minutes": unresolved}, {"max_attempts": 10, "lockout": 15, "mode": "account-lockout"})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
