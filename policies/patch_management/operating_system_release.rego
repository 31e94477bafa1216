# METADATA
# title: Operating systems are supported by their vendor
# custom:
#   id: TOM-PAT-008
#   measure: patch-management
#   kind: operating_system
#   scope: [os]
#   severity: high
#   remedy: Upgrade to a release that still gets security updates.
#   source: https://wiki.debian.org/DebianReleases
package tom.patch_management.operating_system_release

import data.tom.lib.value

pass if value.is_true(input.settings.release_supported)

fail contains {"code": "no_longer_supported", "setting": "release_supported"} if {
	value.is_false(input.settings.release_supported)
}
