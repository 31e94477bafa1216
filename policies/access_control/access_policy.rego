# METADATA
# title: Policies grant no whole service on everything without a condition
# description: |
#   An empty list of grants is the best: every statement names its actions and its resources.
# custom:
#   id: TOM-ACC-001
#   measure: access-control
#   kind: access_policy
#   severity: high
#   remedy: Name the actions and resources that are needed, or narrow the statement by a condition.
#   source: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
package tom.access_control.access_policy

import data.tom.lib.value

applies if value.wanted(input.want.least_privilege)

applies if value.wanted(input.want.need_to_know)

pass if {
	value.complete(input.settings.grants)
	every grant in value.some_of(input.settings.grants) {
		limited(grant)
	}
}

limited(grant) if grant.scope in {"actions", "resources"}

limited(grant) if grant.conditional == true

fail contains {"code": "unlimited_grant", "setting": "grants"} if {
	some grant in value.some_of(input.settings.grants)
	grant.scope in {"everything", "service"}
	grant.conditional == false
}
