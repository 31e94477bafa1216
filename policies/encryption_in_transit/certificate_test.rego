package tom.encryption_in_transit.certificate_test

import data.tom.encryption_in_transit.certificate as policy

test_pass if {
	asked := input_with({"in_use": known(true), "days_left": known(14), "key_bits": known(2048)}, {"certificate_min_validity": 14})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_expires if {
	asked := input_with({"in_use": known(true), "days_left": known(13), "key_bits": unresolved}, {"certificate_min_validity": 14})
	not policy.pass with input as asked
	policy.fail == {{"code": "below_promise", "setting": "days_left", "want": "certificate_min_validity"}} with input as asked
}

test_fail_short_key if {
	asked := input_with({"in_use": known(true), "days_left": known(90), "key_bits": known(1024)}, {"certificate_min_validity": 14})
	not policy.pass with input as asked
	policy.fail == {{"code": "key_too_short", "setting": "key_bits"}} with input as asked
}

test_unknown if {
	asked := input_with({"in_use": known(true), "days_left": known(90), "key_bits": unresolved}, {"certificate_min_validity": 14})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_not_applicable_out_of_use if {
	asked := input_with({"in_use": known(false), "days_left": known(0), "key_bits": known(1024)}, {"certificate_min_validity": 14})
	policy.not_applicable with input as asked
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
