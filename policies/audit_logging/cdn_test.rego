package tom.audit_logging.cdn_test

import data.tom.audit_logging.cdn as policy

test_pass if {
	asked := input_with({"access_logging": known(true)}, {"all_regions": true, "integrity_validation": true, "sources": ["access", "api"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"access_logging": known(false)}, {"all_regions": true, "integrity_validation": true, "sources": ["access", "api"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "access_logging"}} with input as asked
}

test_unknown if {
	asked := input_with({"access_logging": unresolved}, {"all_regions": true, "integrity_validation": true, "sources": ["access", "api"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := input_with({}, {"all_regions": true, "integrity_validation": true, "sources": ["access", "api"]})
	policy.applies with input as asked
}

test_applies_not_where_it_is_not_promised if {
	asked := input_with({}, {"all_regions": true, "integrity_validation": true, "sources": ["api"]})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
