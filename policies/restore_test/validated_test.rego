package tom.restore_test.validated_test

import data.tom.restore_test.validated as policy

test_pass if {
	asked := input_with({"validated": known("validated"), "age_days": known(3)}, {"interval": 365})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"validated": known("failed"), "age_days": known(3)}, {"interval": 365})
	not policy.pass with input as asked
	policy.fail == {{"code": "restore_does_not_work", "setting": "validated"}} with input as asked
}

test_unknown if {
	asked := input_with({"validated": unresolved, "age_days": known(3)}, {"interval": 365})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_age if {
	asked := input_with({"validated": known("failed"), "age_days": unresolved}, {"interval": 365})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_not_applicable_where_nobody_tried if {
	asked := input_with({"validated": known("not-validated"), "age_days": known(3)}, {"interval": 365})
	policy.not_applicable with input as asked
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_not_applicable_to_the_past if {
	asked := input_with({"validated": known("failed"), "age_days": known(366)}, {"interval": 365})
	policy.not_applicable with input as asked
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
