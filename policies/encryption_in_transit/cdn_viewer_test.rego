package tom.encryption_in_transit.cdn_viewer_test

import data.tom.encryption_in_transit.cdn_viewer as policy

test_pass_redirected if {
	asked := input_with({"viewer_plain": known("redirected"), "viewer_tls_min": known(12)}, {"tls_min": 12, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_served_where_it_is_allowed if {
	asked := input_with({"viewer_plain": known("served"), "viewer_tls_min": known(12)}, {"tls_min": 12, "http": "allowed", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_refused if {
	asked := input_with({"viewer_plain": known("refused"), "viewer_tls_min": known(12)}, {"tls_min": 12, "http": "blocked", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_served if {
	asked := input_with({"viewer_plain": known("served"), "viewer_tls_min": known(12)}, {"tls_min": 12, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "unencrypted_transport", "setting": "viewer_plain", "want": "http"}} with input as asked
}

test_fail_redirected_where_it_must_be_blocked if {
	asked := input_with({"viewer_plain": known("redirected"), "viewer_tls_min": known(12)}, {"tls_min": 12, "http": "blocked", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "differs_from_promise", "setting": "viewer_plain", "want": "http"}} with input as asked
}

test_unknown_behaviour if {
	asked := input_with({"viewer_plain": unresolved, "viewer_tls_min": known(12)}, {"tls_min": 12, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_older_version if {
	asked := input_with({"viewer_plain": known("redirected"), "viewer_tls_min": known(10)}, {"tls_min": 12, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "below_promise", "setting": "viewer_tls_min", "want": "tls_min"}} with input as asked
}

test_fail_forbidden_version if {
	asked := input_with({"viewer_plain": known("redirected"), "viewer_tls_min": known(11)}, {"tls_min": 10, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "forbidden_by_promise", "setting": "viewer_tls_min", "want": "forbidden_protocols"}} with input as asked
}

test_unknown_version if {
	asked := input_with({"viewer_plain": known("redirected"), "viewer_tls_min": unresolved}, {"tls_min": 12, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
