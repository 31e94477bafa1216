# METADATA
# title: Machines are scanned for missing patches at the promised interval
# custom:
#   id: TOM-PAT-005
#   measure: patch-management
#   kind: patch_state
#   live: true
#   scope: [os]
#   severity: medium
#   remedy: Let a maintenance window scan the machine at least at the promised interval.
#   source: https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager.html
package tom.patch_management.patch_state_scan

import data.tom.lib.value

pass if value.at_most(input.settings.scan_age_days, input.want.interval)

fail contains {"code": "above_promise", "setting": "scan_age_days", "want": "interval"} if {
	value.above(input.settings.scan_age_days, input.want.interval)
}
