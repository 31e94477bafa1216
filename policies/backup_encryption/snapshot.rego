# METADATA
# title: Snapshots that serve as backups are encrypted at the promised level
# description: |
#   An image is a template to start machines from and no backup.
# custom:
#   id: TOM-BEN-003
#   measure: backup-encryption
#   kind: snapshot
#   severity: high
#   remedy: Copy the snapshot with encryption and a key of the promised level, and delete the plain one.
#   source: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-copy-snapshot.html
package tom.backup_encryption.snapshot

import data.tom.lib.cipher
import data.tom.lib.value

not_applicable if value.equals(input.settings.of, "image")

pass if {
	value.differs(input.settings.of, "image")
	value.encryption_at_least(input.settings.encryption, input.want.key_source)
	cipher.met(input.want.cipher, {"XTS"})
}

fail contains {"code": "below_promise", "setting": "encryption", "want": "key_source"} if {
	value.differs(input.settings.of, "image")
	value.encryption_below(input.settings.encryption, input.want.key_source)
}

fail contains {"code": "differs_from_promise", "setting": "encryption", "want": "cipher"} if {
	value.differs(input.settings.of, "image")
	value.known(input.settings.encryption)
	cipher.unmet(input.want.cipher, {"XTS"})
}
