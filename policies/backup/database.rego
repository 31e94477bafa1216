# METADATA
# title: Automated backups of databases are kept as long as promised
# custom:
#   id: TOM-BAK-001
#   measure: backup
#   kind: database
#   scope: [database]
#   severity: high
#   remedy: Set backup_retention_period to at least the promised number of days.
#   source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html
package tom.backup.database

import data.tom.lib.value

applies if value.wanted(input.want.automated)

pass if {
	value.at_least(input.settings.backup_retention_days, input.want.retention)
}

fail contains {"code": "below_promise", "setting": "backup_retention_days", "want": "retention"} if {
	value.below(input.settings.backup_retention_days, input.want.retention)
}
