package tom.patch_management.database_test

import data.tom.patch_management.database as policy

test_pass if {
	asked := input_with({"automatic_minor_upgrades": known(true)}, {"automated": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"automatic_minor_upgrades": known(false)}, {"automated": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "automatic_minor_upgrades"}} with input as asked
}

test_unknown if {
	asked := input_with({"automatic_minor_upgrades": unresolved}, {"automated": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := input_with({}, {"automated": true})
	policy.applies with input as asked
}

test_applies_not_where_it_is_not_promised if {
	asked := input_with({}, {"automated": false})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
