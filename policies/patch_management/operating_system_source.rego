# METADATA
# title: The vendor's security updates are among the package sources
# custom:
#   id: TOM-PAT-011
#   measure: patch-management
#   kind: operating_system
#   scope: [os]
#   severity: high
#   remedy: Add the security suite of the release, such as bookworm-security of security.debian.org, to the sources of apt.
#   source: https://www.debian.org/security/
package tom.patch_management.operating_system_source

import data.tom.lib.value

pass if value.is_true(input.settings.security_source)

fail contains {"code": "switched_off", "setting": "security_source"} if {
	value.is_false(input.settings.security_source)
}
