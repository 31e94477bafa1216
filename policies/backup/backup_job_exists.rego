# METADATA
# title: Something backs up the databases of a host by itself
# description: |
#   Another host may fetch the backups, so that a host without a job of its own is not assessed.
# custom:
#   id: TOM-BAK-014
#   measure: backup
#   kind: backup_job
#   over: population
#   when_none: unknown
#   beside: [database_server]
#   elsewhere: true
#   scope: [database]
#   severity: high
#   remedy: Let a systemd timer or cron run a backup of the databases, such as pg_dump or mariadb-dump into a restic repository.
#   source: https://restic.readthedocs.io/en/stable/040_backup.html#scheduling-backups
package tom.backup.backup_job_exists

import data.tom.lib.value

pass if {
	some job in input.facts
	value.is_true(job.settings.scheduled)
}

fail contains {"code": "switched_off", "setting": "scheduled", "facts": [job.id | some job in input.facts]} if {
	input.complete
	every job in input.facts {
		value.is_false(job.settings.scheduled)
	}
}
