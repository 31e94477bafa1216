package tom.remote_access.ssh_server_passwords_test

import data.tom.remote_access.ssh_server_passwords as policy

test_pass if {
	asked := input_with({"password_login": known("refused")}, {"password_login": false})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"password_login": known("accepted")}, {"password_login": false})
	not policy.pass with input as asked
	policy.fail == {{"code": "differs_from_promise", "setting": "password_login", "want": "password_login"}} with input as asked
}

test_fail_for_some if {
	asked := input_with({"password_login": known("restricted")}, {"password_login": false})
	not policy.pass with input as asked
	policy.fail == {{"code": "differs_from_promise", "setting": "password_login", "want": "password_login"}} with input as asked
}

test_unknown if {
	asked := input_with({"password_login": unresolved}, {"password_login": false})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
