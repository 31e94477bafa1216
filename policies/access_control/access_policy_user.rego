# METADATA
# title: Rights are given to groups and roles, not to single users
# custom:
#   id: TOM-ACC-002
#   measure: access-control
#   kind: access_policy
#   severity: low
#   remedy: Attach the policy to a group or a role and make the user a member.
#   source: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
package tom.access_control.access_policy_user

import data.tom.lib.value

applies if value.wants(input.want.model, "rbac")

pass if value.differs(input.settings.attached_to, "user")

fail contains {"code": "differs_from_promise", "setting": "attached_to", "want": "model"} if {
	value.equals(input.settings.attached_to, "user")
	value.wants(input.want.model, "rbac")
}
