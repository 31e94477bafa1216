# METADATA
# title: Topics are encrypted at rest at the promised level
# custom:
#   id: TOM-ENC-010
#   measure: encryption-at-rest
#   kind: topic
#   scope: [queue]
#   severity: medium
#   remedy: Set kms_master_key_id on the topic to a key of the promised level.
#   source: https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html
package tom.encryption_at_rest.topic

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
