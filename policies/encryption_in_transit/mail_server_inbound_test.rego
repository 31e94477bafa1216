package tom.encryption_in_transit.mail_server_inbound_test

import data.tom.encryption_in_transit.mail_server_inbound as policy

test_pass if {
	asked := input_with({"inbound_tls": known("offered"), "tls_min": known(12)}, {"tls_min": 12, "forbidden_protocols": ["TLS1.1"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_plain if {
	asked := input_with({"inbound_tls": known("none"), "tls_min": unresolved}, {"tls_min": 12, "forbidden_protocols": ["TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "unencrypted_transport", "setting": "inbound_tls"}} with input as asked
}

test_fail_old if {
	asked := input_with({"inbound_tls": known("offered"), "tls_min": known(10)}, {"tls_min": 12, "forbidden_protocols": ["TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "below_promise", "setting": "tls_min", "want": "tls_min"}} with input as asked
}

test_unknown if {
	asked := input_with({"inbound_tls": known("offered"), "tls_min": unresolved}, {"tls_min": 12, "forbidden_protocols": ["TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_not_applicable if {
	asked := input_with({"inbound_tls": known("local"), "tls_min": known(0)}, {"tls_min": 12, "forbidden_protocols": ["TLS1.1"]})
	policy.not_applicable with input as asked
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
