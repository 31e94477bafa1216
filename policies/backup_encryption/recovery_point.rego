# METADATA
# title: Recovery points are encrypted at the promised level
# description: |
#   A vault with a key does not make its backups encrypted: those of some services keep the encryption of what they copy.
# custom:
#   id: TOM-BEN-004
#   measure: backup-encryption
#   kind: recovery_point
#   live: true
#   severity: high
#   remedy: Encrypt what is backed up, or copy its backups into a vault with a key of the promised level, and delete the plain ones.
#   source: https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
package tom.backup_encryption.recovery_point

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
