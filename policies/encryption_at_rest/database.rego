# METADATA
# title: Databases are encrypted at rest at the promised level
# custom:
#   id: TOM-ENC-005
#   measure: encryption-at-rest
#   kind: database
#   scope: [database]
#   severity: high
#   remedy: Set storage_encrypted = true and name a key of the promised level; an existing database is encrypted by restoring an encrypted copy of its snapshot.
#   source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html
package tom.encryption_at_rest.database

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
