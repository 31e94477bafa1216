# METADATA
# title: Security updates are installed automatically
# custom:
#   id: TOM-PAT-009
#   measure: patch-management
#   kind: operating_system
#   scope: [os]
#   severity: high
#   remedy: Install unattended-upgrades and set APT::Periodic::Unattended-Upgrade 1, or enable dnf-automatic with apply_updates = yes.
#   source: https://wiki.debian.org/UnattendedUpgrades
package tom.patch_management.operating_system_automatic

import data.tom.lib.value

applies if value.wanted(input.want.automated)

pass if value.one_of(input.settings.automatic_updates, ["security", "all"])

fail contains {"code": "differs_from_promise", "setting": "automatic_updates", "want": "automated"} if {
	value.none_of(input.settings.automatic_updates, ["security", "all"])
	value.wanted(input.want.automated)
}
