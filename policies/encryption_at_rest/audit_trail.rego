# METADATA
# title: The log files of audit trails are encrypted at rest at the promised level
# custom:
#   id: TOM-ENC-012
#   measure: encryption-at-rest
#   kind: audit_trail
#   scope: [log-group]
#   severity: medium
#   remedy: Set kms_key_id on the trail to a key of the promised level.
#   source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/encrypting-cloudtrail-log-files-with-aws-kms.html
package tom.encryption_at_rest.audit_trail

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
