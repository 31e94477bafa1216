package tom.backup.backup_plan_retention_test

import data.tom.backup.backup_plan_retention as policy

test_pass_as_promised if {
	asked := input_with({"retention_days": known(35)}, {"retention": 7, "interval": 24, "automated": true, "offsite": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"retention_days": known(3)}, {"retention": 7, "interval": 24, "automated": true, "offsite": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "below_promise", "setting": "retention_days", "want": "retention"}} with input as asked
}

test_unknown if {
	asked := input_with({"retention_days": unresolved}, {"retention": 7, "interval": 24, "automated": true, "offsite": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_without_a_figure if {
	asked := input_with({"retention_days": known(35)}, {"interval": 24, "automated": true, "offsite": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
