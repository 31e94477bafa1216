package tom.firewall.host_firewall_boot_test

import data.tom.firewall.host_firewall_boot as policy

test_pass if {
	asked := input_with({"at_boot": known(true)}, {})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"at_boot": known(false)}, {})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "at_boot"}} with input as asked
}

test_unknown if {
	asked := input_with({"at_boot": unresolved}, {})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
