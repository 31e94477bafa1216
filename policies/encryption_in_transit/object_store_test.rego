package tom.encryption_in_transit.object_store_test

import data.tom.encryption_in_transit.object_store as policy

test_pass_denied if {
	asked := input_with({"plain_transport": known("denied"), "tls_min": known(12)}, {"tls_min": 12, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_allowed_where_http_is_allowed if {
	asked := input_with({"plain_transport": known("allowed"), "tls_min": known(12)}, {"tls_min": 12, "http": "allowed", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_allowed if {
	asked := input_with({"plain_transport": known("allowed"), "tls_min": known(12)}, {"tls_min": 12, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "unencrypted_transport", "setting": "plain_transport", "want": "http"}} with input as asked
}

test_unknown_policy if {
	asked := input_with({"plain_transport": unresolved, "tls_min": known(12)}, {"tls_min": 12, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_older_version if {
	asked := input_with({"plain_transport": known("denied"), "tls_min": known(10)}, {"tls_min": 12, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "below_promise", "setting": "tls_min", "want": "tls_min"}} with input as asked
}

test_fail_forbidden_version if {
	asked := input_with({"plain_transport": known("denied"), "tls_min": known(11)}, {"tls_min": 10, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "forbidden_by_promise", "setting": "tls_min", "want": "forbidden_protocols"}} with input as asked
}

test_unknown_version if {
	asked := input_with({"plain_transport": known("denied"), "tls_min": unresolved}, {"tls_min": 12, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
