# METADATA
# title: Administrators of control panels use a second factor
# description: |
#   To offer a second factor enrols nobody.
# custom:
#   id: TOM-MFA-006
#   measure: mfa
#   kind: control_panel
#   scope: [all, hosting-portal]
#   severity: high
#   remedy: Enable the two-factor authentication policy in WHM, and let root and every reseller set theirs up.
#   source: https://docs.cpanel.net/whm/security-center/two-factor-authentication-for-whm/
package tom.mfa.control_panel

import data.tom.lib.value

pass if {
	value.is_true(input.settings.second_factor_policy)
	value.is_true(input.settings.admins_enrolled)
}

fail contains {"code": "switched_off", "setting": "second_factor_policy"} if {
	value.is_false(input.settings.second_factor_policy)
}

fail contains {"code": "switched_off", "setting": "admins_enrolled"} if {
	value.is_false(input.settings.admins_enrolled)
}
