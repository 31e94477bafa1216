# METADATA
# title: Log stores are encrypted at rest at the promised level
# custom:
#   id: TOM-ENC-011
#   measure: encryption-at-rest
#   kind: log_store
#   scope: [log-group]
#   severity: medium
#   remedy: Set kms_key_id on the log group to a key of the promised level.
#   source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
package tom.encryption_at_rest.log_store

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
