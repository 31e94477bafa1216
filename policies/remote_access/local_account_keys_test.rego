package tom.remote_access.local_account_keys_test

import data.tom.remote_access.local_account_keys as policy

test_pass if {
	asked := input_with({"login": known(true), "weak_keys": known(0)}, {})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"login": known(true), "weak_keys": known(1)}, {})
	not policy.pass with input as asked
	policy.fail == {{"code": "key_too_short", "setting": "weak_keys"}} with input as asked
}

test_unknown if {
	asked := input_with({"login": known(true), "weak_keys": unresolved}, {})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_not_applicable if {
	asked := input_with({"login": known(false), "weak_keys": known(1)}, {})
	policy.not_applicable with input as asked
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
