package tom.encryption_in_transit.listener_internal_test

import data.tom.encryption_in_transit.listener_internal as policy

test_pass_tls_of_promised_version if {
	asked := input_with({"protocol": known("https"), "public": known(false), "redirects_to_https": known(false), "tls_min": known(12)}, {"tls_min": 12, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
	not policy.not_applicable with input as asked
}

test_pass_http_that_redirects if {
	asked := input_with({"protocol": known("http"), "public": known(false), "redirects_to_https": known(true), "tls_min": known(0)}, {"tls_min": 12, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
	not policy.not_applicable with input as asked
}

test_pass_http_where_it_is_allowed if {
	asked := input_with({"protocol": known("http"), "public": known(false), "redirects_to_https": known(false), "tls_min": known(0)}, {"tls_min": 12, "http": "allowed", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
	not policy.not_applicable with input as asked
}

test_fail_older_version if {
	asked := input_with({"protocol": known("https"), "public": known(false), "redirects_to_https": known(false), "tls_min": known(10)}, {"tls_min": 12, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "below_promise", "setting": "tls_min", "want": "tls_min"}} with input as asked
	not policy.not_applicable with input as asked
}

test_fail_forbidden_version if {
	asked := input_with({"protocol": known("https"), "public": known(false), "redirects_to_https": known(false), "tls_min": known(11)}, {"tls_min": 10, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "forbidden_by_promise", "setting": "tls_min", "want": "forbidden_protocols"}} with input as asked
	not policy.not_applicable with input as asked
}

test_fail_http if {
	asked := input_with({"protocol": known("http"), "public": known(false), "redirects_to_https": known(false), "tls_min": known(0)}, {"tls_min": 12, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "unencrypted_transport", "setting": "redirects_to_https", "want": "http"}} with input as asked
	not policy.not_applicable with input as asked
}

test_fail_http_that_redirects_where_it_must_be_blocked if {
	asked := input_with({"protocol": known("http"), "public": known(false), "redirects_to_https": known(true), "tls_min": known(0)}, {"tls_min": 12, "http": "blocked", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "unencrypted_transport", "setting": "protocol", "want": "http"}} with input as asked
	not policy.not_applicable with input as asked
}

test_not_applicable_to_the_other_side if {
	asked := input_with({"protocol": known("http"), "public": known(true), "redirects_to_https": known(false), "tls_min": known(0)}, {"tls_min": 12, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
	policy.not_applicable with input as asked
}

test_unknown_version if {
	asked := input_with({"protocol": known("https"), "public": known(false), "redirects_to_https": known(false), "tls_min": unresolved}, {"tls_min": 12, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
	not policy.not_applicable with input as asked
}

test_unknown_what_the_target_speaks if {
	asked := input_with({"protocol": known("tcp"), "public": known(false), "redirects_to_https": known(false), "tls_min": unresolved}, {"tls_min": 12, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
	not policy.not_applicable with input as asked
}

test_unknown_whether_it_is_public if {
	asked := input_with({"protocol": known("https"), "public": unresolved, "redirects_to_https": known(false), "tls_min": known(10)}, {"tls_min": 12, "http": "redirect", "forbidden_protocols": ["SSLv3", "TLS1.0", "TLS1.1"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
	not policy.not_applicable with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
