package tom.encryption_in_transit.mail_server_outbound_test

import data.tom.encryption_in_transit.mail_server_outbound as policy

test_pass if {
	asked := input_with({"outbound_tls": known("verified")}, {})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"outbound_tls": known("opportunistic")}, {})
	not policy.pass with input as asked
	policy.fail == {{"code": "unencrypted_transport", "setting": "outbound_tls"}} with input as asked
}

test_unknown if {
	asked := input_with({"outbound_tls": unresolved}, {})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
