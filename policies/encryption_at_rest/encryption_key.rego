# METADATA
# title: Customer-managed keys are rotated as often as promised
# description: |
#   Key material that the provider cannot rotate (imported, asymmetric, or in a key store of its own) is rotated by its
#   owner or not at all; the source does not tell, so its days are unresolved.
# custom:
#   id: TOM-KEY-001
#   measure: encryption-at-rest
#   kind: encryption_key
#   severity: medium
#   remedy: Set enable_key_rotation = true, and rotation_period_in_days where the promise is shorter than a year.
#   source: https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
package tom.encryption_at_rest.encryption_key

import data.tom.lib.value

pass if {
	value.one_of(input.settings.rotates, {"automatic", "not-supported"})
	value.at_most(input.settings.rotation_days, input.want.key_rotation)
}

fail contains {"code": "switched_off", "setting": "rotates", "want": "key_rotation"} if {
	value.equals(input.settings.rotates, "no")
	value.promised(input.want.key_rotation)
}

fail contains {"code": "above_promise", "setting": "rotation_days", "want": "key_rotation"} if {
	value.one_of(input.settings.rotates, {"automatic", "not-supported"})
	value.above(input.settings.rotation_days, input.want.key_rotation)
}
