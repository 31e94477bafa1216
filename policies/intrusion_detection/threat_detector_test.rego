package tom.intrusion_detection.threat_detector_test

import data.tom.intrusion_detection.threat_detector as policy

test_pass_every_region_watched if {
	facts := [detector("a", true, "eu-north-1"), detector("b", true, "eu-west-1")]
	policy.pass with input as input_with(facts, ["eu-north-1", "eu-west-1"])
	policy.fail == set() with input as input_with(facts, ["eu-north-1", "eu-west-1"])
}

test_fail_region_without if {
	facts := [detector("a", true, "eu-north-1")]
	want := {{"code": "region_without", "regions": "eu-west-1", "facts": []}}
	policy.fail == want with input as input_with(facts, ["eu-north-1", "eu-west-1"])
	not policy.pass with input as input_with(facts, ["eu-north-1", "eu-west-1"])
}

test_fail_names_the_detector_that_is_off if {
	facts := [detector("a", false, "eu-north-1")]
	want := {{"code": "region_without", "regions": "eu-north-1", "facts": ["a"]}}
	policy.fail == want with input as input_with(facts, ["eu-north-1"])
}

test_unknown_whether_enabled if {
	facts := [{"id": "a", "settings": {"enabled": {"state": "unresolved"}, "region": known("eu-north-1")}}]
	not policy.pass with input as input_with(facts, ["eu-north-1"])
	policy.fail == set() with input as input_with(facts, ["eu-north-1"])
}

test_unknown_when_more_detectors_may_exist if {
	facts := [detector("a", true, "eu-north-1")]
	incomplete := object.union(input_with(facts, ["eu-north-1", "eu-west-1"]), {"complete": false})
	not policy.pass with input as incomplete
	policy.fail == set() with input as incomplete
}

detector(id, enabled, region) := {"id": id, "settings": {"enabled": known(enabled), "region": known(region)}}

known(v) := {"state": "known", "value": v}

input_with(facts, regions) := {
	"facts": facts,
	"complete": true,
	"frame": {"accounts": [], "regions_used": regions, "regions_complete": true, "environment": ""},
	"want": {"threat_detection": true},
}
