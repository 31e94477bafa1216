package tom.data_location.copies_test

import data.tom.data_location.copies as policy

test_pass_no_copies if {
	asked := input_with({"copies": known([])}, {"region_class": "EU/EEA", "preference_only": false})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_copies_in_the_eea if {
	asked := input_with({"copies": known(["eu-west-1", "eu-north-1"])}, {"region_class": "EU/EEA", "preference_only": false})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_copy_outside_the_eea if {
	asked := input_with({"copies": known(["eu-west-1", "us-east-1"])}, {"region_class": "EU/EEA", "preference_only": false})
	not policy.pass with input as asked
	policy.fail == {{"code": "copied_outside_promised_location", "setting": "copies", "want": "region_class"}} with input as asked
}

test_fail_copy_seen_in_a_part if {
	asked := input_with({"copies": partly(["us-east-1"])}, {"region_class": "EU/EEA", "preference_only": false})
	not policy.pass with input as asked
	policy.fail == {{"code": "copied_outside_promised_location", "setting": "copies", "want": "region_class"}} with input as asked
}

test_fail_copy_in_another_country if {
	asked := input_with({"copies": known(["eu-west-1"])}, {"region_class": "country", "preference_only": false, "countries": ["SE"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "copied_outside_promised_location", "setting": "copies", "want": "countries"}} with input as asked
}

test_fail_copy_in_another_region if {
	asked := input_with({"copies": known(["eu-west-1"])}, {"region_class": "EU/EEA", "preference_only": false, "aws_regions": ["eu-north-1"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "copied_outside_promised_location", "setting": "copies", "want": "aws_regions"}} with input as asked
}

test_unknown_other_copies if {
	asked := input_with({"copies": partly(["eu-west-1"])}, {"region_class": "EU/EEA", "preference_only": false})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_copies if {
	asked := input_with({"copies": unresolved}, {"region_class": "EU/EEA", "preference_only": false})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := input_with({}, {"region_class": "EU/EEA", "preference_only": false})
	policy.applies with input as asked
}

test_applies_to_a_country if {
	asked := input_with({}, {"region_class": "country", "preference_only": false, "countries": ["SE"]})
	policy.applies with input as asked
}

test_applies_not_to_a_preference if {
	asked := input_with({}, {"region_class": "EU/EEA", "preference_only": true})
	not policy.applies with input as asked
}

test_applies_not_without_a_country if {
	asked := input_with({}, {"region_class": "country", "preference_only": false})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

partly(v) := {"state": "known", "value": v, "more": ["dynamic_unknown"]}

input_with(settings, want) := {"settings": settings, "want": want}
