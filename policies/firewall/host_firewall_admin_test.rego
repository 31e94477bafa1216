package tom.firewall.host_firewall_admin_test

import data.tom.firewall.host_firewall_admin as policy

test_pass if {
	asked := input_with({"admin_sources": known("listed")}, {"admin_sources": "allow-list"})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"admin_sources": known("any")}, {"admin_sources": "vpn"})
	not policy.pass with input as asked
	policy.fail == {{"code": "differs_from_promise", "setting": "admin_sources", "want": "admin_sources"}} with input as asked
}

test_unknown if {
	asked := input_with({"admin_sources": unresolved}, {"admin_sources": "allow-list"})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
