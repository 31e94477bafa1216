package tom.backup.backup_job_interval_test

import data.tom.backup.backup_job_interval as policy

test_pass if {
	asked := input_with({"interval_hours": known(24)}, {"interval": 24})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"interval_hours": known(25)}, {"interval": 24})
	not policy.pass with input as asked
	policy.fail == {{"code": "above_promise", "setting": "interval_hours", "want": "interval"}} with input as asked
}

test_unknown if {
	asked := input_with({"interval_hours": unresolved}, {"interval": 24})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
