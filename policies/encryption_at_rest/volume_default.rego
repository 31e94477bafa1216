# METADATA
# title: New volumes of the account and region are encrypted unless said otherwise
# description: |
#   The default is a fact only where code or the account sets it; a region that leaves it alone is judged by its volumes.
# custom:
#   id: TOM-ENC-003
#   measure: encryption-at-rest
#   kind: volume_default
#   scope: [volume]
#   severity: low
#   remedy: Switch encryption of new volumes on in the account and region (in code, enabled = true on aws_ebs_encryption_by_default).
#   source: https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html
package tom.encryption_at_rest.volume_default

import data.tom.lib.value

pass if value.is_true(input.settings.encrypted)

fail contains {"code": "switched_off", "setting": "encrypted"} if value.is_false(input.settings.encrypted)
