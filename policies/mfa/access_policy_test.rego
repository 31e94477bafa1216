package tom.mfa.access_policy_test

import data.tom.mfa.access_policy as policy

test_pass_one_policy if {
	asked := population([policy_of("a", known(true), "group"), policy_of("b", known(false), "role")])
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_no_policy if {
	asked := population([policy_of("a", known(false), "role")])
	not policy.pass with input as asked
	policy.fail == {{"code": "none_found"}} with input as asked
}

test_fail_attached_to_nobody if {
	asked := population([policy_of("a", known(true), "nobody")])
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "attached_to", "facts": ["a"]}} with input as asked
}

test_unknown_statements if {
	asked := population([policy_of("a", unresolved, "group")])
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_whether_there_is_one if {
	asked := population([object.union(policy_of("a", known(true), "group"), {"placeholder": true})])
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

policy_of(id, enforced, attached_to) := {
	"id": id,
	"placeholder": false,
	"settings": {"mfa_enforced": enforced, "attached_to": known(attached_to)},
}

population(facts) := {
	"facts": facts,
	"complete": true,
	"frame": {"accounts": [], "regions_used": [], "regions_complete": true, "environment": ""},
	"want": {},
}
