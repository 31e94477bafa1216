# METADATA
# title: Backup plans keep daily backups as long as promised
# description: |
#   Of the rules that run every day, the one that keeps backups longest decides.
# custom:
#   id: TOM-BAK-004
#   measure: backup
#   kind: backup_plan
#   scope: [database, files]
#   severity: high
#   remedy: Set delete_after in the lifecycle of a daily rule of the plan to at least the promised number of days.
#   source: https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html
package tom.backup.backup_plan_retention

import data.tom.lib.value

pass if {
	value.at_least(input.settings.retention_days, input.want.retention)
}

fail contains {"code": "below_promise", "setting": "retention_days", "want": "retention"} if {
	value.below(input.settings.retention_days, input.want.retention)
}
