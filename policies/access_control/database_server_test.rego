package tom.access_control.database_server_test

import data.tom.access_control.database_server as policy

test_pass if {
	asked := input_with({"weak_authentication": known([])}, {})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"weak_authentication": known(["trust"])}, {})
	not policy.pass with input as asked
	policy.fail == {{"code": "weak_authentication", "setting": "weak_authentication"}} with input as asked
}

test_fail_seen_in_a_part if {
	asked := input_with({"weak_authentication": partly(["trust"])}, {})
	not policy.pass with input as asked
	policy.fail == {{"code": "weak_authentication", "setting": "weak_authentication"}} with input as asked
}

test_unknown_what_else if {
	asked := input_with({"weak_authentication": partly([])}, {})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown if {
	asked := input_with({"weak_authentication": unresolved}, {})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

partly(v) := {"state": "known", "value": v, "more": ["unknown_part"]}

input_with(settings, want) := {"settings": settings, "want": want}
