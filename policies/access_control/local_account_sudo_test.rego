package tom.access_control.local_account_sudo_test

import data.tom.access_control.local_account_sudo as policy

test_pass if {
	asked := input_with({"sudo_all": known(true), "sudo_without_proof": known(false)}, {"least_privilege": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_named_commands if {
	asked := input_with({"sudo_all": known(false), "sudo_without_proof": known(true)}, {"least_privilege": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"sudo_all": known(true), "sudo_without_proof": known(true)}, {"least_privilege": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "root_without_proof", "setting": "sudo_without_proof"}} with input as asked
}

test_unknown if {
	asked := input_with({"sudo_all": known(true), "sudo_without_proof": unresolved}, {"least_privilege": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
