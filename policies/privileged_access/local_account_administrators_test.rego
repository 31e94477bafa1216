package tom.privileged_access.local_account_administrators_test

import data.tom.privileged_access.local_account_administrators as policy

test_pass if {
	asked := population([thing("a", {"login": known(true), "superuser": known(true), "sudo_all": known(false)}), thing("b", {"login": known(false), "superuser": known(false), "sudo_all": known(true)})], {"max_admins": 1})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := population([thing("a", {"login": known(true), "superuser": known(true), "sudo_all": known(false)}), thing("b", {"login": known(true), "superuser": known(false), "sudo_all": known(true)})], {"max_admins": 1})
	not policy.pass with input as asked
	policy.fail == {{"code": "too_many_administrators", "want": "max_admins", "facts": ["a", "b"]}} with input as asked
}

test_unknown if {
	asked := population([thing("a", {"login": known(true), "superuser": known(true), "sudo_all": known(false)}), thing("b", {"login": known(true), "superuser": known(false), "sudo_all": unresolved})], {"max_admins": 1})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

thing(id, settings) := {"id": id, "settings": settings, "placeholder": false}

population(facts, want) := {"facts": facts, "complete": true, "incomplete_why": [], "frame": {}, "want": want}
