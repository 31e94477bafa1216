package tom.ddos_protection.web_site_test

import data.tom.ddos_protection.web_site as policy

test_pass if {
	asked := input_with({"rate_limited": known(true)}, {})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"rate_limited": known(false)}, {})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "rate_limited"}} with input as asked
}

test_unknown if {
	asked := input_with({"rate_limited": unresolved}, {})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
