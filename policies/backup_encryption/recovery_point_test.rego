package tom.backup_encryption.recovery_point_test

import data.tom.backup_encryption.recovery_point as policy

test_pass if {
	asked := input_with({"encryption": known("customer-managed")}, {"key_source": "provider-managed", "cipher": "AES-256"})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"encryption": known("none")}, {"key_source": "provider-owned", "cipher": "AES-256"})
	not policy.pass with input as asked
	policy.fail == {{"code": "below_promise", "setting": "encryption", "want": "key_source"}} with input as asked
}

test_fail_other_cipher if {
	asked := input_with({"encryption": known("external")}, {"key_source": "provider-owned", "cipher": "Serpent"})
	not policy.pass with input as asked
	policy.fail == {{"code": "differs_from_promise", "setting": "encryption", "want": "cipher"}} with input as asked
}

test_unknown if {
	asked := input_with({"encryption": unresolved}, {"key_source": "provider-owned", "cipher": "AES-256"})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
