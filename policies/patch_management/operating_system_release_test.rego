package tom.patch_management.operating_system_release_test

import data.tom.patch_management.operating_system_release as policy

test_pass if {
	asked := input_with({"release_supported": known(true)}, {})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"release_supported": known(false)}, {})
	not policy.pass with input as asked
	policy.fail == {{"code": "no_longer_supported", "setting": "release_supported"}} with input as asked
}

test_unknown if {
	asked := input_with({"release_supported": unresolved}, {})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
