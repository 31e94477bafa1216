# METADATA
# title: Backup jobs of hosts succeeded within the promised interval
# description: |
#   A run may begin some time after it is due and takes some time itself: half of the interval is allowed for it.
# custom:
#   id: TOM-BAK-013
#   measure: backup
#   kind: backup_job
#   live: true
#   scope: [database, files]
#   severity: high
#   remedy: Look into the log of the job, correct what made it fail, and run it.
#   source: https://www.freedesktop.org/software/systemd/man/latest/systemctl.html
package tom.backup.backup_job_success

import data.tom.lib.value

pass if value.at_most_delayed(input.settings.last_success_hours, input.want.interval)

fail contains {"code": "above_promise", "setting": "last_success_hours", "want": "interval"} if {
	value.above_delayed(input.settings.last_success_hours, input.want.interval)
}
