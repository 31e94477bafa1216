package tom.backup.backup_job_offsite_test

import data.tom.backup.backup_job_offsite as policy

test_pass if {
	asked := input_with({"offsite": known(true)}, {})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"offsite": known(false)}, {})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "offsite"}} with input as asked
}

test_unknown if {
	asked := input_with({"offsite": unresolved}, {})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
