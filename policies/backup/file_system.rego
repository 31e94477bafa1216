# METADATA
# title: File systems are backed up automatically
# custom:
#   id: TOM-BAK-003
#   measure: backup
#   kind: file_system
#   scope: [files]
#   severity: high
#   remedy: Add an aws_efs_backup_policy with status = ENABLED.
#   source: https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html
package tom.backup.file_system

import data.tom.lib.value

applies if value.wanted(input.want.automated)

pass if value.is_true(input.settings.automatic_backup)

fail contains {"code": "switched_off", "setting": "automatic_backup"} if value.is_false(input.settings.automatic_backup)
