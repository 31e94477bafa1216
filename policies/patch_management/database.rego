# METADATA
# title: Databases install minor upgrades automatically
# custom:
#   id: TOM-PAT-001
#   measure: patch-management
#   kind: database
#   scope: [database]
#   severity: medium
#   remedy: Switch automatic minor upgrades on (in code, remove auto_minor_version_upgrade = false).
#   source: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html
package tom.patch_management.database

import data.tom.lib.value

applies if value.wanted(input.want.automated)

pass if value.is_true(input.settings.automatic_minor_upgrades)

fail contains {"code": "switched_off", "setting": "automatic_minor_upgrades"} if value.is_false(input.settings.automatic_minor_upgrades)
