package tom.brute_force_protection.user_pool_test

import data.tom.brute_force_protection.user_pool as policy

test_pass_enforced if {
	asked := input_with({"guess_protection": known("enforced")}, {"mode": "ip-ban"})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_off if {
	asked := input_with({"guess_protection": known("off")}, {"mode": "ip-ban"})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "guess_protection"}} with input as asked
}

test_fail_audit_only if {
	asked := input_with({"guess_protection": known("audit")}, {"mode": "ip-ban"})
	not policy.pass with input as asked
	policy.fail == {{"code": "differs_from_promise", "setting": "guess_protection", "want": "mode"}} with input as asked
}

test_unknown if {
	asked := input_with({"guess_protection": unresolved}, {"mode": "ip-ban"})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies_to_bans if {
	asked := input_with({}, {"mode": "ip-ban"})
	policy.applies with input as asked
}

test_applies_to_rates if {
	asked := input_with({}, {"mode": "rate-limit"})
	policy.applies with input as asked
}

test_applies_not_to_lockout if {
	asked := input_with({}, {"mode": "account-lockout"})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
