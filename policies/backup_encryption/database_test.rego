package tom.backup_encryption.database_test

import data.tom.backup_encryption.database as policy

test_pass_at_promised_level if {
	asked := input_with({"backup_encryption": known("provider-managed"), "backup_retention_days": known(7)}, {"cipher": "AES-256", "key_source": "provider-managed"})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_above_promised_level if {
	asked := input_with({"backup_encryption": known("external"), "backup_retention_days": known(7)}, {"cipher": "AES-256", "key_source": "provider-managed"})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_below_promised_level if {
	asked := input_with({"backup_encryption": known("provider-owned"), "backup_retention_days": known(7)}, {"cipher": "AES-256", "key_source": "provider-managed"})
	not policy.pass with input as asked
	policy.fail == {{"code": "below_promise", "setting": "backup_encryption", "want": "key_source"}} with input as asked
}

test_fail_other_cipher if {
	asked := input_with({"backup_encryption": known("customer-managed"), "backup_retention_days": known(7)}, {"cipher": "Twofish", "key_source": "provider-managed"})
	not policy.pass with input as asked
	policy.fail == {{"code": "differs_from_promise", "setting": "backup_encryption", "want": "cipher"}} with input as asked
}

test_unknown_level if {
	asked := input_with({"backup_encryption": unresolved, "backup_retention_days": known(7)}, {"cipher": "AES-256", "key_source": "provider-managed"})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_level_with_other_cipher if {
	asked := input_with({"backup_encryption": unresolved, "backup_retention_days": known(7)}, {"cipher": "Twofish", "key_source": "provider-managed"})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_however_long_backups_are_kept if {
	asked := input_with({"backup_encryption": known("provider-managed"), "backup_retention_days": unresolved}, {"cipher": "AES-256", "key_source": "provider-managed"})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_not_applicable_without_backups_in_another_cipher if {
	asked := input_with({"backup_encryption": known("customer-managed"), "backup_retention_days": known(0)}, {"cipher": "Twofish", "key_source": "provider-managed"})
	policy.not_applicable with input as asked
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_not_applicable_without_backups if {
	asked := input_with({"backup_encryption": known("none"), "backup_retention_days": known(0)}, {"cipher": "AES-256", "key_source": "provider-managed"})
	policy.not_applicable with input as asked
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_whether_there_are_backups if {
	asked := input_with({"backup_encryption": known("none"), "backup_retention_days": unresolved}, {"cipher": "AES-256", "key_source": "provider-managed"})
	not policy.not_applicable with input as asked
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
