package tom.backup.database_test

import data.tom.backup.database as policy

test_pass_as_promised if {
	asked := input_with({"backup_retention_days": known(7)}, {"retention": 7, "interval": 24, "automated": true, "offsite": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"backup_retention_days": known(1)}, {"retention": 7, "interval": 24, "automated": true, "offsite": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "below_promise", "setting": "backup_retention_days", "want": "retention"}} with input as asked
}

test_unknown if {
	asked := input_with({"backup_retention_days": unresolved}, {"retention": 7, "interval": 24, "automated": true, "offsite": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_without_a_figure if {
	asked := input_with({"backup_retention_days": known(7)}, {"interval": 24, "automated": true, "offsite": true})
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
