package tom.backup.file_system_test

import data.tom.backup.file_system as policy

test_pass if {
	asked := input_with({"automatic_backup": known(true)}, {"retention": 7, "interval": 24, "automated": true, "offsite": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"automatic_backup": known(false)}, {"retention": 7, "interval": 24, "automated": true, "offsite": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "automatic_backup"}} with input as asked
}

test_unknown if {
	asked := input_with({"automatic_backup": unresolved}, {"retention": 7, "interval": 24, "automated": true, "offsite": true})
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
