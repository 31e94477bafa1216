# METADATA
# title: Tables can be restored to any point in time as far back as promised
# custom:
#   id: TOM-BAK-002
#   measure: backup
#   kind: table
#   scope: [database]
#   severity: high
#   remedy: Add a point_in_time_recovery block with enabled = true, and recovery_period_in_days where it was shortened.
#   source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html
package tom.backup.table

import data.tom.lib.value

applies if value.wanted(input.want.automated)

pass if {
	value.at_least(input.settings.recovery_days, input.want.retention)
}

fail contains {"code": "below_promise", "setting": "recovery_days", "want": "retention"} if {
	value.below(input.settings.recovery_days, input.want.retention)
}
