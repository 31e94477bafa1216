# METADATA
# title: Something watches the files of each host
# custom:
#   id: TOM-IDS-003
#   measure: intrusion-detection
#   kind: intrusion_detector
#   over: population
#   when_none: unknown
#   severity: medium
#   remedy: Install AIDE with its timer, or a Wazuh or OSSEC agent, and keep its database up to date.
#   source: https://aide.github.io/doc/
package tom.intrusion_detection.intrusion_detector_files

import data.tom.lib.value

applies if value.wanted(input.want.file_integrity)

pass if {
	some one in input.facts
	value.is_true(one.settings.active)
	value.equals(one.settings.watches, "files")
}

fail contains {"code": "switched_off", "setting": "active", "facts": [one.id | some one in input.facts]} if {
	input.complete
	every one in input.facts {
		idle(one)
	}
}

idle(one) if value.is_false(one.settings.active)

idle(one) if value.differs(one.settings.watches, "files")
