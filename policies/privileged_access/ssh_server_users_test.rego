package tom.privileged_access.ssh_server_users_test

import data.tom.privileged_access.ssh_server_users as policy

test_pass if {
	asked := input_with({"users_restricted": known(true)}, {})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"users_restricted": known(false)}, {})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "users_restricted"}} with input as asked
}

test_unknown if {
	asked := input_with({"users_restricted": unresolved}, {})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
