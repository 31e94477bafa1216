# METADATA
# title: Something backs up the databases of a host by itself
# description: |
#   A job of the host dumps each of them with a program made for it. Another host may fetch their backups, and a copy of files may be one,
#   so that a database without a job is not assessed.
# custom:
#   id: TOM-BAK-014
#   measure: backup
#   kind: database_server
#   scope: [database]
#   severity: high
#   remedy: Let a systemd timer or cron run a backup of the databases, such as pg_dump or mariadb-dump into a restic repository.
#   source: https://restic.readthedocs.io/en/stable/040_backup.html#scheduling-backups
package tom.backup.database_server

import data.tom.lib.value

pass if value.is_true(input.settings.backed_up)

fail contains {"code": "switched_off", "setting": "backed_up"} if value.is_false(input.settings.backed_up)
