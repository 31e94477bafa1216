package tom.access_control.access_policy_user_test

import data.tom.access_control.access_policy_user as policy

test_pass_role if {
	asked := input_with({"attached_to": known("role")}, {"least_privilege": true, "need_to_know": false, "model": "rbac"})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_user if {
	asked := input_with({"attached_to": known("user")}, {"least_privilege": true, "need_to_know": false, "model": "rbac"})
	not policy.pass with input as asked
	policy.fail == {{"code": "differs_from_promise", "setting": "attached_to", "want": "model"}} with input as asked
}

test_unknown if {
	asked := input_with({"attached_to": unresolved}, {"least_privilege": true, "need_to_know": false, "model": "rbac"})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := input_with({}, {"least_privilege": true, "need_to_know": false, "model": "rbac"})
	policy.applies with input as asked
}

test_applies_not_to_other_models if {
	asked := input_with({}, {"least_privilege": true, "need_to_know": false, "model": "acl"})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
