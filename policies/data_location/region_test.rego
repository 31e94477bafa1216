package tom.data_location.region_test

import data.tom.data_location.region as policy

test_pass_in_the_eea if {
	asked := input_with({"region": known("eu-north-1")}, {"region_class": "EU/EEA", "preference_only": false})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_in_a_promised_region if {
	asked := input_with({"region": known("us-east-1")}, {"region_class": "EU/EEA", "preference_only": false, "aws_regions": ["us-east-1"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_in_a_promised_country if {
	asked := input_with({"region": known("eu-north-1")}, {"region_class": "country", "preference_only": false, "countries": ["SE"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_anywhere if {
	asked := input_with({"region": known("us-east-1")}, {"region_class": "any", "preference_only": false})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_london_is_not_in_the_eea if {
	asked := input_with({"region": known("eu-west-2")}, {"region_class": "EU/EEA", "preference_only": false})
	not policy.pass with input as asked
	policy.fail == {{"code": "outside_promised_location", "setting": "region", "want": "region_class"}} with input as asked
}

test_fail_in_another_country if {
	asked := input_with({"region": known("eu-central-1")}, {"region_class": "country", "preference_only": false, "countries": ["SE"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "outside_promised_location", "setting": "region", "want": "countries"}} with input as asked
}

test_fail_in_another_region if {
	asked := input_with({"region": known("eu-central-1")}, {"region_class": "EU/EEA", "preference_only": false, "aws_regions": ["eu-north-1"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "outside_promised_location", "setting": "region", "want": "aws_regions"}} with input as asked
}

test_unknown_region if {
	asked := input_with({"region": unresolved}, {"region_class": "EU/EEA", "preference_only": false})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_where_a_new_region_lies if {
	asked := input_with({"region": known("xx-new-1")}, {"region_class": "EU/EEA", "preference_only": false})
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

input_with(settings, want) := {"settings": settings, "want": want}
