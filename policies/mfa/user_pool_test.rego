package tom.mfa.user_pool_test

import data.tom.mfa.user_pool as policy

test_pass_required if {
	asked := input_with({"mfa": known("required")})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_off if {
	asked := input_with({"mfa": known("off")})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "mfa"}} with input as asked
}

test_fail_optional if {
	asked := input_with({"mfa": known("optional")})
	not policy.pass with input as asked
	policy.fail == {{"code": "differs_from_promise", "setting": "mfa", "want": "scope"}} with input as asked
}

test_unknown if {
	asked := input_with({"mfa": unresolved})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings) := {"settings": settings, "want": {"scope": ["user"]}}
