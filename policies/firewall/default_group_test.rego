package tom.firewall.default_group_test

import data.tom.firewall.default_group as policy

test_pass_empty if {
	asked := input_with({"is_default": known(true), "rule_count": known(0)}, {"default_deny": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
	not policy.not_applicable with input as asked
}

test_fail_rules if {
	asked := input_with({"is_default": known(true), "rule_count": known(2)}, {"default_deny": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "differs_from_promise", "setting": "rule_count", "want": "default_deny"}} with input as asked
	not policy.not_applicable with input as asked
}

test_not_applicable_to_other_groups if {
	asked := input_with({"is_default": known(false), "rule_count": known(2)}, {"default_deny": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
	policy.not_applicable with input as asked
}

test_unknown_rules if {
	asked := input_with({"is_default": known(true), "rule_count": unresolved}, {"default_deny": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
	not policy.not_applicable with input as asked
}

test_applies if {
	asked := input_with({}, {"default_deny": true})
	policy.applies with input as asked
}

test_applies_not_where_it_is_not_promised if {
	asked := input_with({}, {"default_deny": false})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
