# METADATA
# title: Backup plans select something to back up
# custom:
#   id: TOM-BAK-006
#   measure: backup
#   kind: backup_plan
#   scope: [database, files]
#   severity: high
#   remedy: Add an aws_backup_selection that names the resources or their tags.
#   source: https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html
package tom.backup.backup_plan_selection

import data.tom.lib.value

pass if value.is_true(input.settings.selects_any)

fail contains {"code": "switched_off", "setting": "selects_any"} if value.is_false(input.settings.selects_any)
