package tom.backup.backup_job_retention_test

import data.tom.backup.backup_job_retention as policy

test_pass if {
	asked := input_with({"retention_days": known(7)}, {"retention": 7})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"retention_days": known(6)}, {"retention": 7})
	not policy.pass with input as asked
	policy.fail == {{"code": "below_promise", "setting": "retention_days", "want": "retention"}} with input as asked
}

test_unknown if {
	asked := input_with({"retention_days": unresolved}, {"retention": 7})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
