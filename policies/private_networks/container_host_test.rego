package tom.private_networks.container_host_test

import data.tom.private_networks.container_host as policy

test_pass if {
	asked := input_with({"api_exposed": known("local")}, {})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_verified if {
	asked := input_with({"api_exposed": known("verified")}, {})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"api_exposed": known("open")}, {})
	not policy.pass with input as asked
	policy.fail == {{"code": "publicly_reachable", "setting": "api_exposed"}} with input as asked
}

test_unknown if {
	asked := input_with({"api_exposed": unresolved}, {})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
