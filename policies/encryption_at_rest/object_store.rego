# METADATA
# title: Object stores are encrypted at rest at the promised level
# custom:
#   id: TOM-ENC-001
#   measure: encryption-at-rest
#   kind: object_store
#   scope: [document, object-store]
#   severity: high
#   remedy: Encrypt the bucket with a key of the promised level, for instance with a customer-managed KMS key.
#   source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html
package tom.encryption_at_rest.object_store

import data.tom.lib.cipher
import data.tom.lib.value

pass if {
	value.encryption_at_least(input.settings.encryption, input.want.key_source)
	cipher.met(input.want.cipher, {"GCM"})
}

fail contains {"code": "below_promise", "setting": "encryption", "want": "key_source"} if {
	value.encryption_below(input.settings.encryption, input.want.key_source)
}

fail contains {"code": "differs_from_promise", "setting": "encryption", "want": "cipher"} if {
	value.known(input.settings.encryption)
	cipher.unmet(input.want.cipher, {"GCM"})
}
