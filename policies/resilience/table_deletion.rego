# METADATA
# title: Tables are protected against deletion
# description: |
#   Whoever promises that data stays available keeps it from being deleted by one command. What holds no data, such as a
#   load balancer, can be made again from code and is not judged.
# custom:
#   id: TOM-RES-004
#   measure: resilience
#   kind: table
#   severity: low
#   remedy: Set deletion_protection_enabled = true.
#   source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html
package tom.resilience.table_deletion

import data.tom.lib.value

pass if value.is_true(input.settings.deletion_protection)

fail contains {"code": "switched_off", "setting": "deletion_protection"} if value.is_false(input.settings.deletion_protection)
