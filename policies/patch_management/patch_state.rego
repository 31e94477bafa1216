# METADATA
# title: No machine lacks a critical patch
# description: |
#   A machine for which no agent reports is not assessed: nobody knows what it lacks.
# custom:
#   id: TOM-PAT-004
#   measure: patch-management
#   kind: patch_state
#   live: true
#   scope: [os]
#   severity: high
#   remedy: Install the missing patches, and let a maintenance window install them in time.
#   source: https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-compliance-states.html
package tom.patch_management.patch_state

import data.tom.lib.value

pass if value.at_most(input.settings.critical_missing, 0)

fail contains {"code": "patches_missing", "setting": "critical_missing"} if value.above(input.settings.critical_missing, 0)
