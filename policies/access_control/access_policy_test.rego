package tom.access_control.access_policy_test

import data.tom.access_control.access_policy as policy

test_pass_named_actions_and_resources if {
	asked := input_with({"grants": known([])}, {"least_privilege": true, "need_to_know": false, "model": "rbac"})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_named_actions if {
	asked := input_with({"grants": known([{"scope": "actions", "action": "ec2:Describe*", "conditional": false}, {"scope": "resources", "action": "s3:*", "conditional": false}])}, {"least_privilege": true, "need_to_know": false, "model": "rbac"})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_condition if {
	asked := input_with({"grants": known([{"scope": "everything", "action": "*", "conditional": true}])}, {"least_privilege": true, "need_to_know": false, "model": "rbac"})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_everything if {
	asked := input_with({"grants": known([{"scope": "everything", "action": "*", "conditional": false}])}, {"least_privilege": true, "need_to_know": false, "model": "rbac"})
	not policy.pass with input as asked
	policy.fail == {{"code": "unlimited_grant", "setting": "grants"}} with input as asked
}

test_fail_whole_service if {
	asked := input_with({"grants": known([{"scope": "service", "action": "s3:*", "conditional": false}])}, {"least_privilege": true, "need_to_know": false, "model": "rbac"})
	not policy.pass with input as asked
	policy.fail == {{"code": "unlimited_grant", "setting": "grants"}} with input as asked
}

test_fail_seen_in_a_part if {
	asked := input_with({"grants": partly([{"scope": "service", "action": "s3:*", "conditional": false}])}, {"least_privilege": true, "need_to_know": false, "model": "rbac"})
	not policy.pass with input as asked
	policy.fail == {{"code": "unlimited_grant", "setting": "grants"}} with input as asked
}

test_unknown_other_statements if {
	asked := input_with({"grants": partly([])}, {"least_privilege": true, "need_to_know": false, "model": "rbac"})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_document if {
	asked := input_with({"grants": unresolved}, {"least_privilege": true, "need_to_know": false, "model": "rbac"})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := input_with({}, {"least_privilege": true, "need_to_know": false, "model": "rbac"})
	policy.applies with input as asked
}

test_applies_to_need_to_know if {
	asked := input_with({}, {"least_privilege": false, "need_to_know": true, "model": "rbac"})
	policy.applies with input as asked
}

test_applies_not_where_it_is_not_promised if {
	asked := input_with({}, {"least_privilege": false, "need_to_know": false, "model": "rbac"})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

partly(v) := {"state": "known", "value": v, "more": ["dynamic_unknown"]}

input_with(settings, want) := {"settings": settings, "want": want}
