package tom.encryption_in_transit.ssh_server_test

import data.tom.encryption_in_transit.ssh_server as policy

test_pass if {
	asked := input_with({"weak_algorithms": known([])}, {})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"weak_algorithms": known(["hmac-sha1"])}, {})
	not policy.pass with input as asked
	policy.fail == {{"code": "weak_algorithms", "setting": "weak_algorithms"}} with input as asked
}

test_unknown_what_else if {
	asked := input_with({"weak_algorithms": partly([])}, {})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown if {
	asked := input_with({"weak_algorithms": unresolved}, {})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

partly(v) := {"state": "known", "value": v, "more": ["unknown_part"]}

input_with(settings, want) := {"settings": settings, "want": want}
