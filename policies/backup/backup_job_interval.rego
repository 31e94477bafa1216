# METADATA
# title: Backup jobs of hosts run as often as promised
# custom:
#   id: TOM-BAK-010
#   measure: backup
#   kind: backup_job
#   scope: [database, files]
#   severity: high
#   remedy: Let a systemd timer or cron run the job at least at the promised interval.
#   source: https://restic.readthedocs.io/en/stable/040_backup.html#scheduling-backups
package tom.backup.backup_job_interval

import data.tom.lib.value

pass if value.at_most(input.settings.interval_hours, input.want.interval)

fail contains {"code": "above_promise", "setting": "interval_hours", "want": "interval"} if {
	value.above(input.settings.interval_hours, input.want.interval)
}
