package tom.backup.backup_job_success_test

import data.tom.backup.backup_job_success as policy

test_pass if {
	asked := input_with({"last_success_hours": known(36)}, {"interval": 24})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"last_success_hours": known(37)}, {"interval": 24})
	not policy.pass with input as asked
	policy.fail == {{"code": "above_promise", "setting": "last_success_hours", "want": "interval"}} with input as asked
}

test_unknown if {
	asked := input_with({"last_success_hours": unresolved}, {"interval": 24})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
