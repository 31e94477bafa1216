# METADATA
# title: Files with private keys are readable by their owners alone
# custom:
#   id: TOM-SEC-003
#   measure: secret-management
#   kind: key_file
#   severity: high
#   remedy: Set the mode of the file to 0600, or to 0640 with the group of the daemon, give it to root or the daemon, and let nobody else write to the directories above it.
#   source: https://man7.org/linux/man-pages/man1/chmod.1.html
package tom.secret_management.key_file

import data.tom.lib.value

pass if value.is_false(input.settings.exposed)

fail contains {"code": "readable_by_others", "setting": "exposed"} if {
	value.is_true(input.settings.exposed)
}
