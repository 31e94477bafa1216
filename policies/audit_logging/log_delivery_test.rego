package tom.audit_logging.log_delivery_test

import data.tom.audit_logging.log_delivery as policy

test_pass if {
	asked := input_with({"delivering": known(true)}, {"sources": ["api"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"delivering": known(false)}, {"sources": ["api"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "not_delivered", "setting": "delivering"}} with input as asked
}

test_unknown if {
	asked := input_with({"delivering": unresolved}, {"sources": ["api"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_applies if {
	asked := input_with({}, {"sources": ["access", "api"]})
	policy.applies with input as asked
}

test_applies_not_where_it_is_not_promised if {
	asked := input_with({}, {"sources": ["access"]})
	not policy.applies with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
