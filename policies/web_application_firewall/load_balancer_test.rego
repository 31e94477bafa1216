package tom.web_application_firewall.load_balancer_test

import data.tom.web_application_firewall.load_balancer as policy

test_pass if {
	asked := input_with({"public": known(true), "web_firewall": known(true)})
	policy.pass with input as asked
	policy.fail == set() with input as asked
	not policy.not_applicable with input as asked
}

test_fail if {
	asked := input_with({"public": known(true), "web_firewall": known(false)})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "web_firewall"}} with input as asked
	not policy.not_applicable with input as asked
}

test_unknown if {
	asked := input_with({"public": known(true), "web_firewall": unresolved})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
	not policy.not_applicable with input as asked
}

test_not_applicable if {
	asked := input_with({"public": known(false), "web_firewall": known(false)})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
	policy.not_applicable with input as asked
}

test_unknown_whether_it_is_meant if {
	asked := input_with({"public": unresolved, "web_firewall": known(false)})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
	not policy.not_applicable with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings) := {"settings": settings, "want": {}}
