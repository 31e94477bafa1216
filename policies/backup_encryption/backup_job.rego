# METADATA
# title: Backups of hosts are encrypted at the promised level
# custom:
#   id: TOM-BEN-005
#   measure: backup-encryption
#   kind: backup_job
#   severity: high
#   remedy: Use a repository that encrypts (restic, borg with repokey, pgbackrest with repo1-cipher-type), or pipe the dump through age or gpg.
#   source: https://borgbackup.readthedocs.io/en/stable/usage/init.html
package tom.backup_encryption.backup_job

import data.tom.lib.value

pass if value.encryption_at_least(input.settings.encryption, input.want.key_source)

fail contains {"code": "below_promise", "setting": "encryption", "want": "key_source"} if {
	value.encryption_below(input.settings.encryption, input.want.key_source)
}
