package tom.audit_logging.web_site_test

import data.tom.audit_logging.web_site as policy

test_pass if {
	asked := input_with({"access_logging": known(true)}, {})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"access_logging": known(false)}, {})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "access_logging"}} with input as asked
}

test_unknown if {
	asked := input_with({"access_logging": unresolved}, {})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
