package tom.patch_management.operating_system_automatic_test

import data.tom.patch_management.operating_system_automatic as policy

test_pass if {
	asked := input_with({"automatic_updates": known("security")}, {"automated": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"automatic_updates": known("downloaded")}, {"automated": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "differs_from_promise", "setting": "automatic_updates", "want": "automated"}} with input as asked
}

test_unknown if {
	asked := input_with({"automatic_updates": unresolved}, {"automated": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
