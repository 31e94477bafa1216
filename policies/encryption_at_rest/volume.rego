# METADATA
# title: Volumes are encrypted at rest at the promised level
# custom:
#   id: TOM-ENC-002
#   measure: encryption-at-rest
#   kind: volume
#   scope: [volume]
#   severity: high
#   remedy: Set encrypted = true on the volume, or on the block device of the instance or launch template, and name a key of the promised level. On a server put the file system on LUKS (cryptsetup).
#   source: https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption.html
package tom.encryption_at_rest.volume

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
