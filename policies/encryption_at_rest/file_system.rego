# METADATA
# title: File systems are encrypted at rest at the promised level
# custom:
#   id: TOM-ENC-006
#   measure: encryption-at-rest
#   kind: file_system
#   scope: [document, filesystem]
#   severity: high
#   remedy: Create the file system with encrypted = true and a key of the promised level, and move the data there.
#   source: https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html
package tom.encryption_at_rest.file_system

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
