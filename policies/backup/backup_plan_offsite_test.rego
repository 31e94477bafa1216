package tom.backup.backup_plan_offsite_test

import data.tom.backup.backup_plan_offsite as policy

test_pass_copied if {
	asked := input_with({"copies": known(["eu-west-1"])}, {"retention": 7, "interval": 24, "automated": true, "offsite": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_one_copy_is_enough if {
	asked := input_with({"copies": partly(["eu-west-1"])}, {"retention": 7, "interval": 24, "automated": true, "offsite": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_not_copied if {
	asked := input_with({"copies": known([])}, {"retention": 7, "interval": 24, "automated": true, "offsite": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "none_found", "setting": "copies", "want": "offsite"}} with input as asked
}

test_unknown_copies if {
	asked := input_with({"copies": unresolved}, {"retention": 7, "interval": 24, "automated": true, "offsite": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_whether_a_rule_copies if {
	asked := input_with({"copies": partly([])}, {"retention": 7, "interval": 24, "automated": true, "offsite": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := input_with({}, {"retention": 7, "interval": 24, "automated": true, "offsite": true})
	policy.applies with input as asked
}

test_applies_not_where_it_is_not_promised if {
	asked := input_with({}, {"retention": 7, "interval": 24, "automated": true, "offsite": false})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

partly(v) := {"state": "known", "value": v, "more": ["dynamic_unknown"]}

input_with(settings, want) := {"settings": settings, "want": want}
