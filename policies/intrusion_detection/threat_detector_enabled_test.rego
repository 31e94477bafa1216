package tom.intrusion_detection.threat_detector_enabled_test

import data.tom.intrusion_detection.threat_detector_enabled as policy

test_pass if {
	asked := input_with({"enabled": known(true)}, {"threat_detection": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"enabled": known(false)}, {"threat_detection": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "enabled"}} with input as asked
}

test_unknown if {
	asked := input_with({"enabled": unresolved}, {"threat_detection": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := input_with({}, {"threat_detection": true})
	policy.applies with input as asked
}

test_applies_not_where_it_is_not_promised if {
	asked := input_with({}, {"threat_detection": false})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
