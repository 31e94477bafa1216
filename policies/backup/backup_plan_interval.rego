# METADATA
# title: A rule of each backup plan runs as often as promised
# custom:
#   id: TOM-BAK-005
#   measure: backup
#   kind: backup_plan
#   scope: [database, files]
#   severity: high
#   remedy: Give a rule of the plan a schedule that runs at least at the promised interval, such as cron(0 3 * * ? *) for every day.
#   source: https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html
package tom.backup.backup_plan_interval

import data.tom.lib.value

pass if {
	value.at_most(input.settings.interval_hours, input.want.interval)
}

fail contains {"code": "above_promise", "setting": "interval_hours", "want": "interval"} if {
	value.above(input.settings.interval_hours, input.want.interval)
}
