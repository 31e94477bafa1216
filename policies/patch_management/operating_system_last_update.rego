# METADATA
# title: Automatic updates ran within the promised interval
# custom:
#   id: TOM-PAT-010
#   measure: patch-management
#   kind: operating_system
#   live: true
#   scope: [os]
#   severity: medium
#   remedy: "See why apt-daily-upgrade.timer or dnf-automatic.timer does not run: systemctl list-timers, and the log of unattended-upgrades."
#   source: https://wiki.debian.org/UnattendedUpgrades
package tom.patch_management.operating_system_last_update

import data.tom.lib.value

pass if value.at_most(input.settings.last_update_days, input.want.interval)

fail contains {"code": "above_promise", "setting": "last_update_days", "want": "interval"} if {
	value.above(input.settings.last_update_days, input.want.interval)
}
