package tom.privileged_access.ssh_server_root_test

import data.tom.privileged_access.ssh_server_root as policy

test_pass if {
	asked := input_with({"root_login": known("refused")}, {"root_use": false})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_commands if {
	asked := input_with({"root_login": known("forced-commands")}, {"root_use": false})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"root_login": known("key")}, {"root_use": false})
	not policy.pass with input as asked
	policy.fail == {{"code": "differs_from_promise", "setting": "root_login", "want": "root_use"}} with input as asked
}

test_unknown if {
	asked := input_with({"root_login": unresolved}, {"root_use": false})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
