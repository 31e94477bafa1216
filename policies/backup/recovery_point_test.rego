package tom.backup.recovery_point_test

import data.tom.backup.recovery_point as policy

test_pass if {
	asked := input_with({"backup_of": known("table"), "age_hours": known(36)}, {"interval": 24, "scope": ["database"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_files if {
	asked := input_with({"backup_of": known("volume"), "age_hours": known(3)}, {"interval": 24, "scope": ["files"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"backup_of": known("database"), "age_hours": known(37)}, {"interval": 24, "scope": ["database"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "above_promise", "setting": "age_hours", "want": "interval"}} with input as asked
}

test_unknown if {
	asked := input_with({"backup_of": known("database"), "age_hours": unresolved}, {"interval": 24, "scope": ["database"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_whether_there_is_a_later_one if {
	asked := input_with({"backup_of": known("database"), "age_hours": {"state": "known", "value": 37, "more": ["read_denied"]}}, {"interval": 24, "scope": ["database"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_of_what if {
	asked := input_with({"backup_of": unresolved, "age_hours": known(37)}, {"interval": 24, "scope": ["database"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_not_applicable_outside_the_scope if {
	asked := input_with({"backup_of": known("volume"), "age_hours": known(999)}, {"interval": 24, "scope": ["database"]})
	policy.not_applicable with input as asked
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
