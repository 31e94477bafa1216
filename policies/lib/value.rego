# METADATA
# title: What may be said of a setting and of a promise
# description: |
#   A setting is {"state", "value", "more"}; it has a value only when its state is known. A promised parameter is a
#   plain value, and is absent when nothing is promised. Every function here is a positive statement: it is undefined
#   when it cannot tell. So a policy that passes and fails by these functions alone never takes the unknown for either.
package tom.lib.value

# The levels of encryption at rest, weakest first.
ranks := {
	"none": 0,
	"provider-owned": 1,
	"provider-managed": 2,
	"customer-managed": 3,
	"external": 4,
}

# known(v): the source decides it.
known(v) if v.state == "known"

# is_true(v), is_false(v): it is known to be so.
is_true(v) if {
	known(v)
	v.value == true
}

is_false(v) if {
	known(v)
	v.value == false
}

# equals(v, x), differs(v, x): it is known, of the same type as x, and equal or not.
equals(v, x) if {
	_comparable(v, x)
	v.value == x
}

differs(v, x) if {
	_comparable(v, x)
	v.value != x
}

# one_of(v, xs), none_of(v, xs): it is known and among the elements of the list or set xs, or not.
one_of(v, xs) if {
	known(v)
	_collection(xs)
	v.value in xs
}

none_of(v, xs) if {
	known(v)
	_collection(xs)
	not v.value in xs
}

# at_least(v, n), below(v, n), at_most(v, n), above(v, n): it is a known number and compares so.
at_least(v, n) if {
	_numbers(v, n)
	v.value >= n
}

below(v, n) if {
	_numbers(v, n)
	v.value < n
}

at_most(v, n) if {
	_numbers(v, n)
	v.value <= n
}

above(v, n) if {
	_numbers(v, n)
	v.value > n
}

# at_most_delayed(v, n), above_delayed(v, n): it is a known number and compares so with n and half of n more, for what
# begins within some time after it is due and takes some time itself. A number that lacks something may become smaller.
at_most_delayed(v, n) if {
	_numbers(v, n)
	2 * v.value <= 3 * n
}

above_delayed(v, n) if {
	_numbers(v, n)
	count(object.get(v, "more", [])) == 0
	2 * v.value > 3 * n
}

# at_most_twice(v, n), above_twice(v, n): it is a known number and compares so with two times n, for what one look at an
# interval may rightly leave to the next. A number that lacks something may become smaller.
at_most_twice(v, n) if {
	_numbers(v, n)
	v.value <= 2 * n
}

above_twice(v, n) if {
	_numbers(v, n)
	count(object.get(v, "more", [])) == 0
	v.value > 2 * n
}

# at_most_rotated(v, n, p), above_rotated(v, n, p): it is a known number of days and compares so with n, for records that are removed
# a whole period p at a time. Whoever keeps records for n days at least, by rotation, keeps some of them for up to two periods
# more: so much is allowed, and not more than half of n.
at_most_rotated(v, n, _) if at_most(v, n)

at_most_rotated(v, n, p) if {
	at_most_delayed(v, n)
	known(p)
	v.value <= n + (2 * p.value)
}

above_rotated(v, n, _) if above_delayed(v, n)

above_rotated(v, n, p) if {
	_numbers(v, n)
	count(object.get(v, "more", [])) == 0
	v.value > n
	known(p)
	v.value > n + (2 * p.value)
}

# encryption_at_least(v, level), encryption_below(v, level): it is a known level of encryption and compares so.
encryption_at_least(v, level) if {
	known(v)
	ranks[v.value] >= ranks[level]
}

encryption_below(v, level) if {
	known(v)
	ranks[v.value] < ranks[level]
}

# some_of(v): the elements seen of a known list, to find what is bad by itself. There may be more.
some_of(v) := v.value if {
	known(v)
	is_array(v.value)
}

# complete(v): a known list that lacks no element. What holds of all that were seen holds of all.
complete(v) if {
	known(v)
	is_array(v.value)
	count(object.get(v, "more", [])) == 0
}

# empty(v): a complete list without elements.
empty(v) if {
	complete(v)
	count(v.value) == 0
}

# at_most_but(xs, ys, n): at most n elements of the set xs are not in the set ys. more_than(xs, n): the set xs has more than n.
at_most_but(xs, ys, n) if {
	is_number(n)
	count(xs - ys) <= n
}

more_than(xs, n) if {
	is_number(n)
	count(xs) > n
}

# promised(w): the parameter has a value.
promised(w) if is_boolean(w)

promised(w) if is_number(w)

promised(w) if is_string(w)

promised(w) if is_array(w)

# wanted(w), unwanted(w): the parameter is true, or false.
wanted(w) if w == true

unwanted(w) if w == false

# wants(w, x): the parameter is x, or a list with x. lacks(w, x): it is something else, or a list without x.
wants(w, x) if {
	not is_array(w)
	w == x
}

wants(w, x) if {
	is_array(w)
	x in w
}

lacks(w, x) if {
	promised(w)
	not wants(w, x)
}

_comparable(v, x) if {
	known(v)
	type_name(v.value) == type_name(x)
}

_numbers(v, n) if {
	known(v)
	is_number(v.value)
	is_number(n)
}

_collection(xs) if is_array(xs)

_collection(xs) if is_set(xs)
