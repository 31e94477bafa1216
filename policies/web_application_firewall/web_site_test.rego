package tom.web_application_firewall.web_site_test

import data.tom.web_application_firewall.web_site as policy

test_pass if {
	asked := input_with({"web_firewall": known("block")}, {"mode": "block"})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_detects if {
	asked := input_with({"web_firewall": known("detect")}, {"mode": "detect"})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_off if {
	asked := input_with({"web_firewall": known("off")}, {"mode": "block"})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "web_firewall"}} with input as asked
}

test_fail_only_detects if {
	asked := input_with({"web_firewall": known("detect")}, {"mode": "block"})
	not policy.pass with input as asked
	policy.fail == {{"code": "differs_from_promise", "setting": "web_firewall", "want": "mode"}} with input as asked
}

test_unknown if {
	asked := input_with({"web_firewall": unresolved}, {"mode": "block"})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
