package tom.audit_logging.system_log_audit_test

import data.tom.audit_logging.system_log_audit as policy

test_pass if {
	asked := input_with({"auditing": known(true)}, {})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"auditing": known(false)}, {})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "auditing"}} with input as asked
}

test_unknown if {
	asked := input_with({"auditing": unresolved}, {})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
