package tom.encryption_in_transit.web_site_hsts_test

import data.tom.encryption_in_transit.web_site_hsts as policy

test_pass if {
	asked := input_with({"hsts_days": known(365)}, {"hsts": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"hsts_days": known(0)}, {"hsts": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "hsts_days"}} with input as asked
}

test_unknown if {
	asked := input_with({"hsts_days": unresolved}, {"hsts": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
