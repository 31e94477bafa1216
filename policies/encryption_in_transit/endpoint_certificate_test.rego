package tom.encryption_in_transit.endpoint_certificate_test

import data.tom.encryption_in_transit.endpoint_certificate as policy

test_pass if {
	asked := input_with({"answers": known(true), "certificate_trusted": known(true)}, {})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"answers": known(true), "certificate_trusted": known(false)}, {})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "certificate_trusted"}} with input as asked
}

test_unknown if {
	asked := input_with({"answers": known(true), "certificate_trusted": unresolved}, {})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_not_applicable if {
	asked := input_with({"answers": known(false), "certificate_trusted": unresolved}, {})
	policy.not_applicable with input as asked
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
