# METADATA
# title: Caches lie in private subnets
# custom:
#   id: TOM-NET-003
#   measure: private-networks
#   kind: cache
#   severity: high
#   remedy: Give the cache a subnet group of subnets whose route tables have no route to an internet gateway.
#   source: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/SubnetGroups.html
package tom.private_networks.cache

import data.tom.lib.value

applies if value.wants(input.want.private_tiers, "cache")

pass if value.is_true(input.settings.subnets_private)

fail contains {"code": "publicly_reachable", "setting": "subnets_private"} if value.is_false(input.settings.subnets_private)
