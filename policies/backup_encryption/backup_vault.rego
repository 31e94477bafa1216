# METADATA
# title: Backup vaults are encrypted at the promised level
# custom:
#   id: TOM-BEN-002
#   measure: backup-encryption
#   kind: backup_vault
#   severity: high
#   remedy: Set kms_key_arn on the backup vault to a key of the promised level.
#   source: https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
package tom.backup_encryption.backup_vault

import data.tom.lib.cipher
import data.tom.lib.value

pass if {
	value.encryption_at_least(input.settings.encryption, input.want.key_source)
	cipher.met(input.want.cipher, set())
}

fail contains {"code": "below_promise", "setting": "encryption", "want": "key_source"} if {
	value.encryption_below(input.settings.encryption, input.want.key_source)
}

fail contains {"code": "differs_from_promise", "setting": "encryption", "want": "cipher"} if {
	value.known(input.settings.encryption)
	cipher.unmet(input.want.cipher, set())
}
