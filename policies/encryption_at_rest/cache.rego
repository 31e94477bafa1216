# METADATA
# title: Caches are encrypted at rest at the promised level
# custom:
#   id: TOM-ENC-008
#   measure: encryption-at-rest
#   kind: cache
#   scope: [cache]
#   severity: high
#   remedy: Set at_rest_encryption_enabled = true and name a key of the promised level.
#   source: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html
package tom.encryption_at_rest.cache

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
