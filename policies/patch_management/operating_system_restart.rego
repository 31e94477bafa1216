# METADATA
# title: No installed update waits for a restart
# custom:
#   id: TOM-PAT-012
#   measure: patch-management
#   kind: operating_system
#   live: true
#   scope: [os]
#   severity: medium
#   remedy: Restart the host, or the services that needrestart names.
#   source: https://manpages.debian.org/bookworm/needrestart/needrestart.1.en.html
package tom.patch_management.operating_system_restart

import data.tom.lib.value

pass if value.is_false(input.settings.restart_pending)

fail contains {"code": "updates_not_in_force", "setting": "restart_pending"} if {
	value.is_true(input.settings.restart_pending)
}
