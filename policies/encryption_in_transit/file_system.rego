# METADATA
# title: File systems refuse clients without TLS
# custom:
#   id: TOM-TLS-009
#   measure: encryption-in-transit
#   kind: file_system
#   scope: [internal]
#   severity: medium
#   remedy: Add a file system policy that denies every action when aws:SecureTransport is false.
#   source: https://docs.aws.amazon.com/efs/latest/ug/encryption-in-transit.html
package tom.encryption_in_transit.file_system

import data.tom.lib.value

pass if value.is_true(input.settings.tls_required)

fail contains {"code": "unencrypted_transport", "setting": "tls_required"} if value.is_false(input.settings.tls_required)
