package tom.secret_management.credential_test

import data.tom.secret_management.credential as policy

test_pass_secret_store if {
	asked := input_with({"origin": known("secret-store")}, {"in_code": "forbidden", "rotation": 90})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_variable if {
	asked := input_with({"origin": known("variable")}, {"in_code": "forbidden", "rotation": 90})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_literal if {
	asked := input_with({"origin": known("literal")}, {"in_code": "forbidden", "rotation": 90})
	not policy.pass with input as asked
	policy.fail == {{"code": "literal_secret", "setting": "origin"}} with input as asked
}

test_unknown if {
	asked := input_with({"origin": unresolved}, {"in_code": "forbidden", "rotation": 90})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := input_with({}, {"in_code": "forbidden", "rotation": 90})
	policy.applies with input as asked
}

test_applies_not_where_it_is_allowed if {
	asked := input_with({}, {"in_code": "allowed", "rotation": 90})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
