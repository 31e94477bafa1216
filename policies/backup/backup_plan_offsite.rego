# METADATA
# title: Backup plans copy backups to another region
# custom:
#   id: TOM-BAK-008
#   measure: backup
#   kind: backup_plan
#   scope: [database, files]
#   severity: medium
#   remedy: Add a copy_action to a rule of the plan that names a vault in another region.
#   source: https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html
package tom.backup.backup_plan_offsite

import data.tom.lib.value

applies if value.wanted(input.want.offsite)

pass if {
	some _ in value.some_of(input.settings.copies)
}

fail contains {"code": "none_found", "setting": "copies", "want": "offsite"} if {
	value.wanted(input.want.offsite)
	value.empty(input.settings.copies)
}
