package tom.patch_management.operating_system_source_test

import data.tom.patch_management.operating_system_source as policy

test_pass if {
	asked := input_with({"security_source": known(true)}, {})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"security_source": known(false)}, {})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "security_source"}} with input as asked
}

test_unknown if {
	asked := input_with({"security_source": unresolved}, {})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
