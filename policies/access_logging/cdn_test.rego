package tom.access_logging.cdn_test

import data.tom.access_logging.cdn as policy

test_pass if {
	asked := input_with({"access_logging": known(true)}, {"events": ["change", "view"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"access_logging": known(false)}, {"events": ["change", "view"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "access_logging"}} with input as asked
}

test_unknown if {
	asked := input_with({"access_logging": unresolved}, {"events": ["change", "view"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := input_with({}, {"events": ["change", "view"]})
	policy.applies with input as asked
}

test_applies_not_where_it_is_not_promised if {
	asked := input_with({}, {"events": ["failed-login"]})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
