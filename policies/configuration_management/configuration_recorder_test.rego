package tom.configuration_management.configuration_recorder_test

import data.tom.configuration_management.configuration_recorder as policy

test_pass_every_region_recorded if {
	facts := [recorder("a", true, "eu-north-1"), recorder("b", true, "eu-west-1")]
	policy.pass with input as input_with(facts, ["eu-north-1", "eu-west-1"])
	policy.fail == set() with input as input_with(facts, ["eu-north-1", "eu-west-1"])
}

test_fail_region_without if {
	facts := [recorder("a", true, "eu-north-1")]
	want := {{"code": "region_without", "regions": "eu-west-1", "facts": []}}
	not policy.pass with input as input_with(facts, ["eu-north-1", "eu-west-1"])
	policy.fail == want with input as input_with(facts, ["eu-north-1", "eu-west-1"])
}

test_fail_names_the_recorder_that_is_off if {
	facts := [recorder("a", false, "eu-north-1")]
	want := {{"code": "region_without", "regions": "eu-north-1", "facts": ["a"]}}
	not policy.pass with input as input_with(facts, ["eu-north-1"])
	policy.fail == want with input as input_with(facts, ["eu-north-1"])
}

test_unknown_whether_it_records if {
	facts := [{"id": "a", "settings": {"recording": {"state": "unresolved"}, "region": known("eu-north-1")}}]
	not policy.pass with input as input_with(facts, ["eu-north-1"])
	policy.fail == set() with input as input_with(facts, ["eu-north-1"])
}

test_unknown_when_more_recorders_may_exist if {
	facts := [recorder("a", true, "eu-north-1")]
	incomplete := object.union(input_with(facts, ["eu-north-1", "eu-west-1"]), {"complete": false})
	not policy.pass with input as incomplete
	policy.fail == set() with input as incomplete
}

recorder(id, recording, region) := {"id": id, "settings": {"recording": known(recording), "region": known(region)}}

known(v) := {"state": "known", "value": v}

input_with(facts, regions) := {
	"facts": facts,
	"complete": true,
	"frame": {"accounts": [], "regions_used": regions, "regions_complete": true, "environment": ""},
	"want": {},
}
