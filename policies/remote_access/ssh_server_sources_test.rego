package tom.remote_access.ssh_server_sources_test

import data.tom.remote_access.ssh_server_sources as policy

test_pass if {
	asked := input_with({"sources_restricted": known(true)}, {})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"sources_restricted": known(false)}, {})
	not policy.pass with input as asked
	policy.fail == {{"code": "publicly_reachable", "setting": "sources_restricted"}} with input as asked
}

test_unknown if {
	asked := input_with({"sources_restricted": unresolved}, {})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
