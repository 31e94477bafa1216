package tom.backup.backup_job_exists_test

import data.tom.backup.backup_job_exists as policy

test_pass if {
	asked := population([thing("a", {"scheduled": known(true)}), thing("b", {"scheduled": known(false)})], {})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := population([thing("a", {"scheduled": known(false)}), thing("b", {"scheduled": known(false)})], {})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "scheduled", "facts": ["a", "b"]}} with input as asked
}

test_unknown if {
	asked := population([thing("a", {"scheduled": known(false)}), thing("b", {"scheduled": unresolved})], {})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

thing(id, settings) := {"id": id, "settings": settings, "placeholder": false}

population(facts, want) := {"facts": facts, "complete": true, "incomplete_why": [], "frame": {}, "want": want}
