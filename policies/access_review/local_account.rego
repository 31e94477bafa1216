# METADATA
# title: No account has gone unused for longer than two intervals between reviews
# description: |
#   A review that was held leaves no account behind that nobody has used since the one before. That none is left does not show
#   that a review was held: the register of reviews, or a person, says so.
# custom:
#   id: TOM-ARV-002
#   measure: access-review
#   kind: local_account
#   live: true
#   partial: true
#   severity: medium
#   remedy: Lock the account with usermod --lock --expiredate 1, or remove it with its authorized_keys, when it is no longer needed.
#   source: https://man7.org/linux/man-pages/man8/lastlog.8.html
package tom.access_review.local_account

import data.tom.lib.value

not_applicable if value.is_false(input.settings.login)

pass if {
	value.is_true(input.settings.login)
	value.at_most_twice(input.settings.idle_days, input.want.interval)
}

fail contains {"code": "above_promise", "setting": "idle_days", "want": "interval"} if {
	value.is_true(input.settings.login)
	value.above_twice(input.settings.idle_days, input.want.interval)
}
