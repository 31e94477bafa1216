# METADATA
# title: Backups of hosts are kept elsewhere
# custom:
#   id: TOM-BAK-012
#   measure: backup
#   kind: backup_job
#   scope: [database, files]
#   severity: high
#   remedy: Let the job write to another host or to a storage service, or copy what it has written there.
#   source: https://restic.readthedocs.io/en/stable/030_preparing_a_new_repo.html
package tom.backup.backup_job_offsite

import data.tom.lib.value

applies if value.wanted(input.want.offsite)

pass if value.is_true(input.settings.offsite)

fail contains {"code": "switched_off", "setting": "offsite"} if {
	value.is_false(input.settings.offsite)
}
