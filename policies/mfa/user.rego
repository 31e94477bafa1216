# METADATA
# title: Users with a password for the console have a second factor
# description: |
#   Who signs in through an identity provider is no user here: there the provider demands the second factor.
# custom:
#   id: TOM-MFA-003
#   measure: mfa
#   kind: user
#   live: true
#   scope: [admin-console, all]
#   severity: high
#   remedy: Register a second factor for the user, or take its password away and let it sign in through the identity provider.
#   source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html
package tom.mfa.user

import data.tom.lib.value

not_applicable if value.is_true(input.settings.root)

not_applicable if value.is_false(input.settings.console_password)

pass if {
	value.is_false(input.settings.root)
	value.is_true(input.settings.console_password)
	value.is_true(input.settings.second_factor)
}

fail contains {"code": "switched_off", "setting": "second_factor"} if {
	value.is_false(input.settings.root)
	value.is_true(input.settings.console_password)
	value.is_false(input.settings.second_factor)
}
