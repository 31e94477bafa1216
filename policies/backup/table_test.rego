package tom.backup.table_test

import data.tom.backup.table as policy

test_pass_as_promised if {
	asked := input_with({"recovery_days": known(35)}, {"retention": 7, "interval": 24, "automated": true, "offsite": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"recovery_days": known(0)}, {"retention": 7, "interval": 24, "automated": true, "offsite": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "below_promise", "setting": "recovery_days", "want": "retention"}} with input as asked
}

test_unknown if {
	asked := input_with({"recovery_days": unresolved}, {"retention": 7, "interval": 24, "automated": true, "offsite": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_without_a_figure if {
	asked := input_with({"recovery_days": known(35)}, {"interval": 24, "automated": true, "offsite": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := input_with({}, {"retention": 7, "interval": 24, "automated": true, "offsite": true})
	policy.applies with input as asked
}

test_applies_not_where_it_is_not_promised if {
	asked := input_with({}, {"retention": 7, "interval": 24, "automated": false, "offsite": true})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
