# METADATA
# title: Databases have a standby in another availability zone
# custom:
#   id: TOM-RES-001
#   measure: resilience
#   kind: database
#   severity: medium
#   remedy: Set multi_az = true, or give the cluster a second instance in another zone.
#   source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.html
package tom.resilience.database

import data.tom.lib.value

applies if value.wanted(input.want.multi_az)

pass if value.is_true(input.settings.multi_az)

fail contains {"code": "switched_off", "setting": "multi_az"} if value.is_false(input.settings.multi_az)
