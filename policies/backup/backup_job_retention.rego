# METADATA
# title: Backups of hosts are kept as long as promised
# custom:
#   id: TOM-BAK-011
#   measure: backup
#   kind: backup_job
#   scope: [database, files]
#   severity: high
#   remedy: Raise the numbers of restic forget, borg prune or repo1-retention-full so that backups reach back as long as promised.
#   source: https://restic.readthedocs.io/en/stable/060_forget.html
package tom.backup.backup_job_retention

import data.tom.lib.value

pass if value.at_least(input.settings.retention_days, input.want.retention)

fail contains {"code": "below_promise", "setting": "retention_days", "want": "retention"} if {
	value.below(input.settings.retention_days, input.want.retention)
}
