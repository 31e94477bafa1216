package tom.encryption_in_transit.cdn_origin_test

import data.tom.encryption_in_transit.cdn_origin as policy

test_pass_never_plain if {
	asked := input_with({"origin_plain": known("never"), "origin_tls_min": known(12), "viewer_plain": known("redirected")}, {"tls_min": 12, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_as_viewers_who_are_redirected if {
	asked := input_with({"origin_plain": known("as-viewer"), "origin_tls_min": known(12), "viewer_plain": known("redirected")}, {"tls_min": 12, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_as_viewers_where_http_is_allowed if {
	asked := input_with({"origin_plain": known("as-viewer"), "origin_tls_min": known(12), "viewer_plain": known("served")}, {"tls_min": 12, "http": "allowed", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_always_plain if {
	asked := input_with({"origin_plain": known("always"), "origin_tls_min": known(12), "viewer_plain": known("redirected")}, {"tls_min": 12, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "unencrypted_transport", "setting": "origin_plain"}} with input as asked
}

test_fail_as_viewers_who_are_served_in_plain if {
	asked := input_with({"origin_plain": known("as-viewer"), "origin_tls_min": known(12), "viewer_plain": known("served")}, {"tls_min": 12, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "unencrypted_transport", "setting": "origin_plain", "want": "http"}} with input as asked
}

test_unknown_origin if {
	asked := input_with({"origin_plain": unresolved, "origin_tls_min": known(12), "viewer_plain": known("redirected")}, {"tls_min": 12, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_viewers if {
	asked := input_with({"origin_plain": known("as-viewer"), "origin_tls_min": known(12), "viewer_plain": unresolved}, {"tls_min": 12, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_older_version if {
	asked := input_with({"origin_plain": known("never"), "origin_tls_min": known(10), "viewer_plain": known("redirected")}, {"tls_min": 12, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "below_promise", "setting": "origin_tls_min", "want": "tls_min"}} with input as asked
}

test_fail_forbidden_version if {
	asked := input_with({"origin_plain": known("never"), "origin_tls_min": known(11), "viewer_plain": known("redirected")}, {"tls_min": 10, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "forbidden_by_promise", "setting": "origin_tls_min", "want": "forbidden_protocols"}} with input as asked
}

test_unknown_version if {
	asked := input_with({"origin_plain": known("never"), "origin_tls_min": unresolved, "viewer_plain": known("redirected")}, {"tls_min": 12, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
