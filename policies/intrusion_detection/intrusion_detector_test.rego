package tom.intrusion_detection.intrusion_detector_test

import data.tom.intrusion_detection.intrusion_detector as policy

test_pass if {
	asked := population([thing("a", {"active": known(true)}), thing("b", {"active": known(false)})], {})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := population([thing("a", {"active": known(false)}), thing("b", {"active": known(false)})], {})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "active", "facts": ["a", "b"]}} with input as asked
}

test_unknown if {
	asked := population([thing("a", {"active": known(false)}), thing("b", {"active": unresolved})], {})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

thing(id, settings) := {"id": id, "settings": settings, "placeholder": false}

population(facts, want) := {"facts": facts, "complete": true, "incomplete_why": [], "frame": {}, "want": want}
