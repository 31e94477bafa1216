package tom.password_hashing.local_account_test

import data.tom.password_hashing.local_account as policy

test_pass if {
	asked := input_with({"password_scheme": known("yescrypt")}, {"forbidden": ["md5"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_not_forbidden if {
	asked := input_with({"password_scheme": known("md5")}, {"forbidden": ["sha1"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"password_scheme": known("md5")}, {"forbidden": ["md5"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "forbidden_by_promise", "setting": "password_scheme", "want": "forbidden"}} with input as asked
}

test_fail_without_a_password if {
	asked := input_with({"password_scheme": known("empty")}, {"forbidden": []})
	not policy.pass with input as asked
	policy.fail == {{"code": "weak_hash", "setting": "password_scheme"}} with input as asked
}

test_unknown if {
	asked := input_with({"password_scheme": unresolved}, {"forbidden": ["md5"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_not_applicable_to_keys if {
	asked := input_with({"password_scheme": known("locked")}, {"forbidden": ["md5"]})
	policy.not_applicable with input as asked
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
