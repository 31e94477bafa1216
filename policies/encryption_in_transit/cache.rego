# METADATA
# title: Caches refuse connections without TLS
# custom:
#   id: TOM-TLS-007
#   measure: encryption-in-transit
#   kind: cache
#   scope: [internal]
#   severity: medium
#   remedy: Set transit_encryption_enabled = true and transit_encryption_mode = required.
#   source: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/in-transit-encryption.html
package tom.encryption_in_transit.cache

import data.tom.lib.value

pass if value.is_true(input.settings.tls_required)

fail contains {"code": "unencrypted_transport", "setting": "tls_required"} if value.is_false(input.settings.tls_required)
