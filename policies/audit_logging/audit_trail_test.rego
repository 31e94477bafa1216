package tom.audit_logging.audit_trail_test

import data.tom.audit_logging.audit_trail as policy

test_pass_one_good_trail if {
	asked := population([trail("a", {}), trail("b", {"all_regions": known(false)})], {"all_regions": true, "integrity_validation": true, "sources": ["access", "api"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_one_region_where_that_is_promised if {
	asked := population([trail("a", {"all_regions": known(false)})], {"all_regions": false, "integrity_validation": true, "sources": ["access", "api"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_pass_not_validated_where_that_is_promised if {
	asked := population([trail("a", {"integrity_validation": known(false)})], {"all_regions": true, "integrity_validation": false, "sources": ["access", "api"]})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail_one_region if {
	asked := population([trail("a", {"all_regions": known(false)})], {"all_regions": true, "integrity_validation": true, "sources": ["access", "api"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "all_regions", "want": "all_regions", "facts": ["a"]}} with input as asked
}

test_fail_not_validated if {
	asked := population([trail("a", {"integrity_validation": known(false)})], {"all_regions": true, "integrity_validation": true, "sources": ["access", "api"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "integrity_validation", "want": "integrity_validation", "facts": ["a"]}} with input as asked
}

test_fail_not_logging if {
	asked := population([trail("a", {"logging": known(false)})], {"all_regions": true, "integrity_validation": true, "sources": ["access", "api"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "logging", "facts": ["a"]}} with input as asked
}

test_fail_only_writing if {
	asked := population([trail("a", {"management_events": known("write")})], {"all_regions": true, "integrity_validation": true, "sources": ["access", "api"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "switched_off", "setting": "management_events", "want": "sources", "facts": ["a"]}} with input as asked
}

test_fail_no_trail if {
	asked := population([], {"all_regions": true, "integrity_validation": true, "sources": ["access", "api"]})
	not policy.pass with input as asked
	policy.fail == {{"code": "none_found"}} with input as asked
}

test_unknown_regions if {
	asked := population([trail("a", {"all_regions": unresolved})], {"all_regions": true, "integrity_validation": true, "sources": ["access", "api"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_whether_there_is_one if {
	asked := population([object.union(trail("a", {}), {"placeholder": true})], {"all_regions": true, "integrity_validation": true, "sources": ["access", "api"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_unknown_where_one_of_two_may_do if {
	asked := population([trail("a", {"logging": known(false)}), trail("b", {"logging": unresolved})], {"all_regions": true, "integrity_validation": true, "sources": ["access", "api"]})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

trail(id, more) := {"id": id, "placeholder": false, "settings": object.union(good, more)}

good := {
	"all_regions": known(true),
	"integrity_validation": known(true),
	"logging": known(true),
	"management_events": known("all"),
}

population(facts, want) := {
	"facts": facts,
	"complete": true,
	"frame": {"accounts": [], "regions_used": [], "regions_complete": true, "environment": ""},
	"want": want,
}
