package tom.private_networks.function_test

import data.tom.private_networks.function as policy

test_pass if {
	asked := input_with({"public_url": known(false), "open_to_everybody": known(false)}, {"public_entry_points": ["alb"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_public_url if {
	asked := input_with({"public_url": known(true), "open_to_everybody": unresolved}, {"public_entry_points": ["alb"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "publicly_reachable", "setting": "public_url", "want": "public_entry_points"}} with input as asked
}

test_fail_open_to_everybody if {
	asked := input_with({"public_url": known(false), "open_to_everybody": known(true)}, {"public_entry_points": []})
	not policy.pass with input as asked
	policy.fail == {{"code": "publicly_reachable", "setting": "open_to_everybody", "want": "public_entry_points"}} with input as asked
}

test_unknown if {
	asked := input_with({"public_url": known(false), "open_to_everybody": unresolved}, {"public_entry_points": ["alb"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := input_with({}, {"public_entry_points": ["alb", "cloudfront"]})
	policy.applies with input as asked
}

test_applies_not_where_functions_are_entry_points if {
	asked := input_with({}, {"public_entry_points": ["alb", "lambda"]})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
