# METADATA
# title: Databases have no public address
# custom:
#   id: TOM-NET-001
#   measure: private-networks
#   kind: database
#   severity: critical
#   remedy: Set publicly_accessible = false.
#   source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
package tom.private_networks.database_public

import data.tom.lib.value

applies if value.wants(input.want.private_tiers, "database")

pass if value.is_false(input.settings.publicly_accessible)

fail contains {"code": "publicly_reachable", "setting": "publicly_accessible"} if value.is_true(input.settings.publicly_accessible)
