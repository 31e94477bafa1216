# METADATA
# title: Databases lie in private subnets
# description: |
#   Private means: no route to an internet gateway. A name or a tag proves nothing.
# custom:
#   id: TOM-NET-002
#   measure: private-networks
#   kind: database
#   severity: high
#   remedy: Give the database a subnet group of subnets whose route tables have no route to an internet gateway.
#   source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
package tom.private_networks.database_subnets

import data.tom.lib.value

applies if value.wants(input.want.private_tiers, "database")

pass if value.is_true(input.settings.subnets_private)

fail contains {"code": "publicly_reachable", "setting": "subnets_private"} if value.is_false(input.settings.subnets_private)
