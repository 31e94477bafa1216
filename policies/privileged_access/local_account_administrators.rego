# METADATA
# title: No more accounts than promised can do everything
# custom:
#   id: TOM-PRV-002
#   measure: privileged-access
#   kind: local_account
#   over: population
#   severity: medium
#   remedy: Remove accounts from the groups sudo, wheel and admin, and from sudoers, until no more administrators are left than promised.
#   source: https://www.sudo.ws/docs/man/sudoers.man/
package tom.privileged_access.local_account_administrators

import data.tom.lib.value

pass if {
	input.complete
	value.at_most_but(accounts, others, input.want.max_admins)
}

fail contains {"code": "too_many_administrators", "want": "max_admins", "facts": sort(admins)} if {
	value.more_than(admins, input.want.max_admins)
}

accounts := {account.id | some account in input.facts}

admins := {account.id |
	some account in input.facts
	administers(account)
}

others := {account.id |
	some account in input.facts
	administers_nothing(account)
}

administers(account) if {
	value.is_true(account.settings.login)
	value.is_true(account.settings.superuser)
}

administers(account) if {
	value.is_true(account.settings.login)
	value.is_true(account.settings.sudo_all)
}

administers_nothing(account) if value.is_false(account.settings.login)

administers_nothing(account) if {
	value.is_false(account.settings.superuser)
	value.is_false(account.settings.sudo_all)
}
