package tom.firewall.host_firewall_default_test

import data.tom.firewall.host_firewall_default as policy

test_pass if {
	asked := input_with({"default_deny_ipv4": known(true), "default_deny_ipv6": known(true)}, {"default_deny": true})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_open_by_ipv6 if {
	asked := input_with({"default_deny_ipv4": known(true), "default_deny_ipv6": known(false)}, {"default_deny": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "default_deny_ipv6"}} with input as asked
}

test_fail_open if {
	asked := input_with({"default_deny_ipv4": known(false), "default_deny_ipv6": unresolved}, {"default_deny": true})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "default_deny_ipv4"}} with input as asked
}

test_unknown if {
	asked := input_with({"default_deny_ipv4": known(true), "default_deny_ipv6": unresolved}, {"default_deny": true})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
