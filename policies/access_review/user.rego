# METADATA
# title: No password or access key has gone unused for longer than two intervals between reviews
# description: |
#   A review that was held leaves no right behind that nobody has used since the one before: what was last used just after a
#   review is removed by the next but one. That none is left does not show that a review was held: the register of reviews, or
#   a person, says so.
# custom:
#   id: TOM-ARV-001
#   measure: access-review
#   kind: user
#   live: true
#   partial: true
#   severity: medium
#   remedy: Remove the password or the access key, or the user, when it is no longer needed.
#   source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_finding-unused.html
package tom.access_review.user

import data.tom.lib.value

not_applicable if value.is_true(input.settings.root)

pass if {
	value.is_false(input.settings.root)
	value.at_most_twice(input.settings.idle_days, input.want.interval)
}

fail contains {"code": "above_promise", "setting": "idle_days", "want": "interval"} if {
	value.is_false(input.settings.root)
	value.above_twice(input.settings.idle_days, input.want.interval)
}
