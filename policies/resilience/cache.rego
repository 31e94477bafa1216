# METADATA
# title: Caches have a replica in another availability zone
# custom:
#   id: TOM-RES-002
#   measure: resilience
#   kind: cache
#   severity: medium
#   remedy: Set multi_az_enabled = true and automatic_failover_enabled = true.
#   source: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html
package tom.resilience.cache

import data.tom.lib.value

applies if value.wanted(input.want.multi_az)

pass if value.is_true(input.settings.multi_az)

fail contains {"code": "switched_off", "setting": "multi_az"} if value.is_false(input.settings.multi_az)
