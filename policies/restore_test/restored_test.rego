package tom.restore_test.restored_test

import data.tom.restore_test.restored as policy

test_pass_in_time if {
	asked := population([restore("a", "database", true, 30)], ["database"])
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_one_of_each_word if {
	asked := population([restore("a", "table", true, 30), restore("b", "volume", true, 365)], ["database", "files"])
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_any_where_no_word_is_promised if {
	asked := population([restore("a", "other", true, 30)], [])
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_too_long_ago if {
	asked := population([restore("a", "database", true, 366)], ["database"])
	want := {late("database", ["a"])}
	not policy.pass with input as asked
	policy.fail == want with input as asked
}

test_fail_not_completed if {
	asked := population([restore("a", "database", false, 3)], ["database"])
	want := {late("database", ["a"])}
	not policy.pass with input as asked
	policy.fail == want with input as asked
}

test_fail_one_word_without if {
	asked := population([restore("a", "database", true, 30)], ["database", "files"])
	want := {late("files", ["a"])}
	not policy.pass with input as asked
	policy.fail == want with input as asked
}

test_fail_any_where_no_word_is_promised if {
	asked := population([restore("a", "other", true, 366)], [])
	want := {object.remove(late("", ["a"]), ["scope"])}
	not policy.pass with input as asked
	policy.fail == want with input as asked
}

test_unknown_age if {
	item := restore("a", "database", true, 3)
	asked := population([object.union(item, {"settings": {"age_days": {"state": "unresolved"}}})], ["database"])
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_when_more_restores_may_exist if {
	asked := object.union(population([restore("a", "database", true, 366)], ["database"]), {"complete": false})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

late(word, ids) := {"code": "not_restored_in_time", "setting": "age_days", "want": "interval", "scope": word, "facts": ids}

restore(id, what, completed, days) := {
	"id": id,
	"placeholder": false,
	"settings": {"restores": known(what), "completed": known(completed), "age_days": known(days)},
}

known(v) := {"state": "known", "value": v}

population(facts, scope) := {
	"facts": facts,
	"complete": true,
	"frame": {"accounts": [], "regions_used": [], "regions_complete": true, "environment": ""},
	"want": {"interval": 365, "scope": scope},
}
