package tom.log_disclosure.log_forwarding_test

import data.tom.log_disclosure.log_forwarding as policy

test_pass if {
	asked := population([thing("a", {"encrypted": known(true)}), thing("b", {"encrypted": known(false)})], {"method": ["siem-export"], "siem_export": "none"})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := population([thing("a", {"encrypted": known(false)}), thing("b", {"encrypted": known(false)})], {"method": ["siem-export"], "siem_export": "none"})
	not policy.pass with input as asked
	policy.fail == {{"code": "unencrypted_sending", "setting": "encrypted", "facts": ["a", "b"]}} with input as asked
}

test_unknown if {
	asked := population([thing("a", {"encrypted": known(false)}), thing("b", {"encrypted": unresolved})], {"method": ["siem-export"], "siem_export": "none"})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

thing(id, settings) := {"id": id, "settings": settings, "placeholder": false}

population(facts, want) := {"facts": facts, "complete": true, "incomplete_why": [], "frame": {}, "want": want}
