package tom.security_monitoring.alarm_test

import data.tom.security_monitoring.alarm as policy

test_pass if {
	asked := input_with({"actions_enabled": known(true), "has_target": known(true)}, {"alerting": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_switched_off if {
	asked := input_with({"actions_enabled": known(false), "has_target": known(true)}, {"alerting": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "actions_enabled"}} with input as asked
}

test_fail_leads_nowhere if {
	asked := input_with({"actions_enabled": known(true), "has_target": known(false)}, {"alerting": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "missing_target", "setting": "has_target"}} with input as asked
}

test_unknown_target if {
	asked := input_with({"actions_enabled": known(true), "has_target": unresolved}, {"alerting": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := input_with({}, {"alerting": true})
	policy.applies with input as asked
}

test_applies_not_where_it_is_not_promised if {
	asked := input_with({}, {"alerting": false})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
