package tom.intrusion_detection.intrusion_detector_files_test

import data.tom.intrusion_detection.intrusion_detector_files as policy

test_pass if {
	asked := population([thing("a", {"active": known(true), "watches": known("files")})], {"file_integrity": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := population([thing("a", {"active": known(false), "watches": known("files")}), thing("b", {"active": known(true), "watches": known("logs")})], {"file_integrity": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "active", "facts": ["a", "b"]}} with input as asked
}

test_unknown if {
	asked := population([thing("a", {"active": unresolved, "watches": known("files")})], {"file_integrity": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

thing(id, settings) := {"id": id, "settings": settings, "placeholder": false}

population(facts, want) := {"facts": facts, "complete": true, "incomplete_why": [], "frame": {}, "want": want}
