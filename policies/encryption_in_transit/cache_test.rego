package tom.encryption_in_transit.cache_test

import data.tom.encryption_in_transit.cache as policy

test_pass if {
	asked := input_with({"tls_required": known(true)})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"tls_required": known(false)})
	not policy.pass with input as asked
	policy.fail == {{"code": "unencrypted_transport", "setting": "tls_required"}} with input as asked
}

test_unknown if {
	asked := input_with({"tls_required": unresolved})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings) := {"settings": settings, "want": {}}
