package tom.security_monitoring.alarm_exists_test

import data.tom.security_monitoring.alarm_exists as policy

test_pass_one_alarm if {
	asked := population([alarm("a", known(true)), alarm("b", known(false))], {"alerting": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_leads_nowhere if {
	asked := population([alarm("a", known(false))], {"alerting": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "missing_target", "setting": "has_target", "facts": ["a"]}} with input as asked
}

test_fail_no_alarm if {
	asked := population([], {"alerting": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "none_found"}} with input as asked
}

test_unknown_target if {
	asked := population([alarm("a", unresolved), alarm("b", known(false))], {"alerting": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_whether_there_is_one if {
	asked := population([object.union(alarm("a", known(true)), {"placeholder": true})], {"alerting": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := population([], {"alerting": true})
	policy.applies with input as asked
}

test_applies_not_where_it_is_not_promised if {
	asked := population([], {"alerting": false})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

alarm(id, has_target) := {
	"id": id,
	"placeholder": false,
	"settings": {"actions_enabled": known(true), "has_target": has_target},
}

population(facts, want) := {
	"facts": facts,
	"complete": true,
	"frame": {"accounts": [], "regions_used": [], "regions_complete": true, "environment": ""},
	"want": want,
}
