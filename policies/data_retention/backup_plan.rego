# METADATA
# title: Backup plans delete backups after the promised time at the latest
# custom:
#   id: TOM-DEL-004
#   measure: data-retention
#   kind: backup_plan
#   severity: medium
#   remedy: Set delete_after in the lifecycle of every rule to at most the promised number of days.
#   source: https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html
package tom.data_retention.backup_plan

import data.tom.lib.value

applies if value.promised(input.want.max)

pass if {
	value.at_most(input.settings.longest_days, input.want.max)
}

fail contains {"code": "above_promise", "setting": "longest_days", "want": "max"} if {
	value.above(input.settings.longest_days, input.want.max)
}
