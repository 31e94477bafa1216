# METADATA
# title: Tables are encrypted at rest at the promised level
# custom:
#   id: TOM-ENC-007
#   measure: encryption-at-rest
#   kind: table
#   scope: [database]
#   severity: high
#   remedy: Add a server_side_encryption block with enabled = true, and kms_key_arn where a customer-managed key is promised.
#   source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html
package tom.encryption_at_rest.table

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
