package tom.secret_management.key_file_test

import data.tom.secret_management.key_file as policy

test_pass if {
	asked := input_with({"exposed": known(false)}, {})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"exposed": known(true)}, {})
	not policy.pass with input as asked
	policy.fail == {{"code": "readable_by_others", "setting": "exposed"}} with input as asked
}

test_unknown if {
	asked := input_with({"exposed": unresolved}, {})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
