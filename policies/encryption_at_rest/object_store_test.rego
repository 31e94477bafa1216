package tom.encryption_at_rest.object_store_test

import data.tom.encryption_at_rest.object_store as policy

test_pass_at_promised_level if {
	policy.pass with input as input_with({"state": "known", "value": "customer-managed"})
	policy.fail == set() with input as input_with({"state": "known", "value": "customer-managed"})
}

test_fail_below_promised_level if {
	want := {{"code": "below_promise", "setting": "encryption", "want": "key_source"}}
	policy.fail == want with input as input_with({"state": "known", "value": "provider-owned"})
	not policy.pass with input as input_with({"state": "known", "value": "provider-owned"})
}

test_unknown_key if {
	not policy.pass with input as input_with({"state": "unresolved"})
	policy.fail == set() with input as input_with({"state": "unresolved"})
}

input_with(encryption) := {
	"settings": {"encryption": encryption},
	"want": {"key_source": "customer-managed"},
}
