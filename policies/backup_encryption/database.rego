# METADATA
# title: Automated backups of databases are encrypted at the promised level
# description: |
#   Backups have the key of their database, however long they are kept. A plain database whose backups are kept for no
#   day has none that could be plain.
# custom:
#   id: TOM-BEN-001
#   measure: backup-encryption
#   kind: database
#   severity: high
#   remedy: "Encrypt the database with a key of the promised level: its automated backups have the key of the database."
#   source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html
package tom.backup_encryption.database

import data.tom.lib.cipher
import data.tom.lib.value

not_applicable if {
	value.at_most(input.settings.backup_retention_days, 0)
	value.encryption_below(input.settings.backup_encryption, input.want.key_source)
}

not_applicable if {
	value.at_most(input.settings.backup_retention_days, 0)
	value.known(input.settings.backup_encryption)
	cipher.unmet(input.want.cipher, set())
}

pass if {
	value.encryption_at_least(input.settings.backup_encryption, input.want.key_source)
	cipher.met(input.want.cipher, set())
}

fail contains {"code": "below_promise", "setting": "backup_encryption", "want": "key_source"} if {
	value.above(input.settings.backup_retention_days, 0)
	value.encryption_below(input.settings.backup_encryption, input.want.key_source)
}

fail contains {"code": "differs_from_promise", "setting": "backup_encryption", "want": "cipher"} if {
	value.above(input.settings.backup_retention_days, 0)
	value.known(input.settings.backup_encryption)
	cipher.unmet(input.want.cipher, set())
}
