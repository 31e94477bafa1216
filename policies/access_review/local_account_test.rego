package tom.access_review.local_account_test

import data.tom.access_review.local_account as policy

test_pass if {
	asked := input_with({"login": known(true), "idle_days": known(360)}, {"interval": 180})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"login": known(true), "idle_days": known(361)}, {"interval": 180})
	not policy.pass with input as asked
	policy.fail == {{"code": "above_promise", "setting": "idle_days", "want": "interval"}} with input as asked
}

test_unknown if {
	asked := input_with({"login": known(true), "idle_days": unresolved}, {"interval": 180})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_not_applicable if {
	asked := input_with({"login": known(false), "idle_days": known(361)}, {"interval": 180})
	policy.not_applicable with input as asked
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
