package tom.backup.backup_plan_interval_test

import data.tom.backup.backup_plan_interval as policy

test_pass_as_promised if {
	asked := input_with({"interval_hours": known(24)}, {"retention": 7, "interval": 24, "automated": true, "offsite": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"interval_hours": known(168)}, {"retention": 7, "interval": 24, "automated": true, "offsite": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "above_promise", "setting": "interval_hours", "want": "interval"}} with input as asked
}

test_unknown if {
	asked := input_with({"interval_hours": unresolved}, {"retention": 7, "interval": 24, "automated": true, "offsite": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_without_a_figure if {
	asked := input_with({"interval_hours": known(24)}, {"retention": 7, "automated": true, "offsite": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
