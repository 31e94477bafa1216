package tom.lib.value_test

import data.tom.lib.value

yes := {"state": "known", "value": true}

no := {"state": "known", "value": false}

seven := {"state": "known", "value": 7}

word := {"state": "known", "value": "b"}

list := {"state": "known", "value": ["a", "b"]}

none := {"state": "known", "value": []}

partial := {"state": "known", "value": ["a"], "more": ["dynamic_unknown"]}

undecided := [{"state": "unresolved"}, {"state": "denied"}, {}]

test_known if {
	value.known(no)
	every v in undecided { not value.known(v) }
}

test_truth if {
	value.is_true(yes)
	not value.is_false(yes)
	value.is_false(no)
	not value.is_true(no)
	not value.is_true(seven)
	not value.is_false(word)
}

test_equality if {
	value.equals(word, "b")
	not value.differs(word, "b")
	value.differs(word, "c")
	not value.equals(word, "c")
}

test_equality_needs_one_type if {
	not value.equals(seven, "7")
	not value.differs(seven, "7")
	not value.differs(seven, null)
}

test_membership if {
	value.one_of(word, ["a", "b"])
	value.one_of(word, {"a", "b"})
	not value.none_of(word, {"a", "b"})
	value.none_of(word, [])
	not value.one_of(word, [])
	not value.none_of(word, "b")
}

test_numbers if {
	value.at_least(seven, 7)
	not value.below(seven, 7)
	value.at_most(seven, 7)
	not value.above(seven, 7)
	value.below(seven, 8)
	value.above(seven, 6)
	not value.at_least(seven, 8)
	not value.at_most(seven, 6)
}

test_numbers_with_delay if {
	nine := {"state": "known", "value": 9}
	value.at_most_delayed(nine, 6)
	not value.above_delayed(nine, 6)
	value.above_delayed(nine, 5)
	not value.at_most_delayed(nine, 5)
	not value.at_most_delayed({"state": "unresolved"}, 5)
	not value.above_delayed({"state": "unresolved"}, 5)
	not value.above_delayed({"state": "known", "value": 9, "more": ["read_denied"]}, 5)
	value.at_most_delayed({"state": "known", "value": 9, "more": ["read_denied"]}, 6)
}

test_numbers_twice if {
	nine := {"state": "known", "value": 9}
	value.at_most_twice(nine, 5)
	not value.above_twice(nine, 5)
	value.above_twice(nine, 4)
	not value.at_most_twice(nine, 4)
	not value.at_most_twice({"state": "unresolved"}, 5)
	not value.above_twice({"state": "unresolved"}, 4)
	not value.above_twice({"state": "known", "value": 9, "more": ["read_denied"]}, 4)
}

test_numbers_need_numbers if {
	not value.at_least(seven, null)
	not value.below(seven, "30d")
	not value.at_least(word, 1)
	not value.below(word, 1)
	not value.above(word, 1)
	not value.at_most(seven, "9")
}

test_encryption_levels if {
	none_at_all := {"state": "known", "value": "none"}
	managed := {"state": "known", "value": "provider-managed"}
	value.encryption_below(none_at_all, "provider-owned")
	not value.encryption_at_least(none_at_all, "provider-owned")
	value.encryption_at_least(managed, "provider-owned")
	value.encryption_at_least(managed, "provider-managed")
	value.encryption_below(managed, "customer-managed")
	value.encryption_below(managed, "external")
	not value.encryption_below(managed, "no such level")
	not value.encryption_at_least(managed, "no such level")
	not value.encryption_at_least(word, "none")
}

test_lists if {
	value.some_of(list) == ["a", "b"]
	value.some_of(partial) == ["a"]
	not value.some_of(word)
	value.complete(list)
	value.complete(none)
	not value.complete(partial)
	not value.complete(word)
	value.empty(none)
	not value.empty(list)
	not value.empty({"state": "known", "value": [], "more": ["dynamic_unknown"]})
}

test_nothing_holds_of_the_undecided if {
	every v in undecided {
		not value.is_true(v)
		not value.is_false(v)
		not value.equals(v, true)
		not value.differs(v, true)
		not value.one_of(v, ["a"])
		not value.none_of(v, ["a"])
		not value.at_least(v, 0)
		not value.below(v, 9)
		not value.at_most(v, 9)
		not value.above(v, 0)
		not value.encryption_at_least(v, "none")
		not value.encryption_below(v, "external")
		not value.some_of(v)
		not value.complete(v)
		not value.empty(v)
	}
}

test_rotated if {
	value.at_most_rotated(days(30), 30, {"state": "unresolved"})
	value.at_most_rotated(days(44), 30, days(7))
	not value.at_most_rotated(days(45), 30, days(7))
	not value.at_most_rotated(days(46), 30, days(31))
	not value.at_most_rotated(days(31), 30, {"state": "unresolved"})
	value.above_rotated(days(45), 30, days(7))
	value.above_rotated(days(46), 30, {"state": "unresolved"})
	not value.above_rotated(days(44), 30, days(7))
	not value.above_rotated(days(45), 30, {"state": "unresolved"})
	not value.above_rotated(days(0), 30, days(0))
	not value.above_rotated({"state": "known", "value": 45, "more": ["x"]}, 30, days(7))
}

test_sets if {
	value.at_most_but({"a", "b", "c"}, {"c"}, 2)
	not value.at_most_but({"a", "b", "c"}, {"d"}, 2)
	value.more_than({"a", "b"}, 1)
	not value.more_than({"a"}, 1)
}

test_promises if {
	value.promised(false)
	value.promised(0)
	value.promised("")
	value.promised([])
	not value.promised(null)
	not nothing_promised
	value.wanted(true)
	not value.wanted(false)
	value.unwanted(false)
	not nothing_unwanted
}

test_wants if {
	value.wants("redirect", "redirect")
	not value.wants("redirect", "blocked")
	value.wants([80, 443], 443)
	not value.wants([80], 443)
	not value.wants([], 443)
}

test_lacks if {
	value.lacks("redirect", "blocked")
	not value.lacks("redirect", "redirect")
	value.lacks([80], 443)
	value.lacks([], 443)
	not value.lacks([443], 443)
	not value.lacks(null, 443)
	not nothing_lacks
}

# An absent argument makes the whole expression undefined, under not as well; a rule of its own makes it testable.
nothing_promised if value.promised(input.want.nothing)

nothing_unwanted if value.unwanted(input.want.nothing)

nothing_lacks if value.lacks(input.want.nothing, 443)

days(n) := {"state": "known", "value": n}
