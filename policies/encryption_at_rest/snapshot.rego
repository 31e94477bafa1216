# METADATA
# title: Snapshots and images are encrypted at rest at the promised level
# custom:
#   id: TOM-ENC-004
#   measure: encryption-at-rest
#   kind: snapshot
#   scope: [snapshot]
#   severity: high
#   remedy: Copy the snapshot with encryption and a key of the promised level, and delete the plain one.
#   source: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-copy-snapshot.html
package tom.encryption_at_rest.snapshot

import data.tom.lib.cipher
import data.tom.lib.value

pass if {
	value.encryption_at_least(input.settings.encryption, input.want.key_source)
	cipher.met(input.want.cipher, {"XTS"})
}

fail contains {"code": "below_promise", "setting": "encryption", "want": "key_source"} if {
	value.encryption_below(input.settings.encryption, input.want.key_source)
}

fail contains {"code": "differs_from_promise", "setting": "encryption", "want": "cipher"} if {
	value.known(input.settings.encryption)
	cipher.unmet(input.want.cipher, {"XTS"})
}
