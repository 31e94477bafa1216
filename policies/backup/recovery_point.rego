# METADATA
# title: The latest backup is about as old as the promised interval at most
# description: |
#   What is no database counts as files. Half of the interval is allowed for a start window and for the backup's own time.
# custom:
#   id: TOM-BAK-009
#   measure: backup
#   kind: recovery_point
#   live: true
#   scope: [database, files]
#   severity: high
#   remedy: Find out why no backup was made (failed jobs, a schedule that is too rare, a thing that no plan selects) and make one.
#   source: https://docs.aws.amazon.com/aws-backup/latest/devguide/recovery-points.html
package tom.backup.recovery_point

import data.tom.lib.value

databases := {"database", "table"}

not_applicable if {
	value.one_of(input.settings.backup_of, databases)
	value.lacks(input.want.scope, "database")
}

not_applicable if {
	value.none_of(input.settings.backup_of, databases)
	value.lacks(input.want.scope, "files")
}

concerned if {
	value.one_of(input.settings.backup_of, databases)
	value.wants(input.want.scope, "database")
}

concerned if {
	value.none_of(input.settings.backup_of, databases)
	value.wants(input.want.scope, "files")
}

pass if {
	concerned
	value.at_most_delayed(input.settings.age_hours, input.want.interval)
}

fail contains {"code": "above_promise", "setting": "age_hours", "want": "interval"} if {
	concerned
	value.above_delayed(input.settings.age_hours, input.want.interval)
}
