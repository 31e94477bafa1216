package tom.access_logging.audit_trail_test

import data.tom.access_logging.audit_trail as policy

test_pass_one_trail_records_data if {
	asked := population([trail("a", true, known(true)), trail("b", true, known(false))], {"events": ["change", "view"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_no_trail_records_data if {
	asked := population([trail("a", true, known(false))], {"events": ["change", "view"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "data_events", "facts": ["a"]}} with input as asked
}

test_fail_not_logging if {
	asked := population([trail("a", false, known(true))], {"events": ["change", "view"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "logging", "facts": ["a"]}} with input as asked
}

test_fail_no_trail if {
	asked := population([], {"events": ["change", "view"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "none_found"}} with input as asked
}

test_unknown_selectors if {
	asked := population([trail("a", true, unresolved)], {"events": ["change", "view"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_whether_there_is_one if {
	asked := population([object.union(trail("a", true, known(true)), {"placeholder": true})], {"events": ["change", "view"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := population([], {"events": ["change", "view"]})
	policy.applies with input as asked
}

test_applies_not_to_logins if {
	asked := population([], {"events": ["failed-login"]})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

trail(id, logging, data_events) := {
	"id": id,
	"placeholder": false,
	"settings": {"logging": known(logging), "data_events": data_events},
}

population(facts, want) := {
	"facts": facts,
	"complete": true,
	"frame": {"accounts": [], "regions_used": [], "regions_complete": true, "environment": ""},
	"want": want,
}
