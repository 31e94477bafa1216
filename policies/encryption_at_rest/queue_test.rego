package tom.encryption_at_rest.queue_test

import data.tom.encryption_at_rest.queue as policy

test_pass_at_promised_level if {
	asked := input_with({"encryption": known("provider-managed")}, {"cipher": "AES-256", "key_source": "provider-managed"})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_above_promised_level if {
	asked := input_with({"encryption": known("external")}, {"cipher": "AES-256", "key_source": "provider-managed"})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_below_promised_level if {
	asked := input_with({"encryption": known("provider-owned")}, {"cipher": "AES-256", "key_source": "provider-managed"})
	not policy.pass with input as asked
	policy.fail == {{"code": "below_promise", "setting": "encryption", "want": "key_source"}} with input as asked
}

test_fail_other_cipher if {
	asked := input_with({"encryption": known("customer-managed")}, {"cipher": "Twofish", "key_source": "provider-managed"})
	not policy.pass with input as asked
	policy.fail == {{"code": "differs_from_promise", "setting": "encryption", "want": "cipher"}} with input as asked
}

test_unknown_level if {
	asked := input_with({"encryption": unresolved}, {"cipher": "AES-256", "key_source": "provider-managed"})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_level_with_other_cipher if {
	asked := input_with({"encryption": unresolved}, {"cipher": "Twofish", "key_source": "provider-managed"})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
