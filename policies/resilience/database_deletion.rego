# METADATA
# title: Databases are protected against deletion
# description: |
#   Whoever promises that data stays available keeps it from being deleted by one command. What holds no data, such as a
#   load balancer, can be made again from code and is not judged.
# custom:
#   id: TOM-RES-003
#   measure: resilience
#   kind: database
#   severity: low
#   remedy: Set deletion_protection = true.
#   source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html
package tom.resilience.database_deletion

import data.tom.lib.value

pass if value.is_true(input.settings.deletion_protection)

fail contains {"code": "switched_off", "setting": "deletion_protection"} if value.is_false(input.settings.deletion_protection)
