# METADATA
# title: Queues are encrypted at rest at the promised level
# custom:
#   id: TOM-ENC-009
#   measure: encryption-at-rest
#   kind: queue
#   scope: [queue]
#   severity: medium
#   remedy: Switch sqs_managed_sse_enabled on, or name a KMS key of the promised level.
#   source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html
package tom.encryption_at_rest.queue

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
