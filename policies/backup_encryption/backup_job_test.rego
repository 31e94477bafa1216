package tom.backup_encryption.backup_job_test

import data.tom.backup_encryption.backup_job as policy

test_pass if {
	asked := input_with({"encryption": known("customer-managed")}, {"key_source": "provider-owned"})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"encryption": known("none")}, {"key_source": "provider-owned"})
	not policy.pass with input as asked
	policy.fail == {{"code": "below_promise", "setting": "encryption", "want": "key_source"}} with input as asked
}

test_unknown if {
	asked := input_with({"encryption": unresolved}, {"key_source": "provider-owned"})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
