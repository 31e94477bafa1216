# METADATA
# title: Something watches each host for intrusions
# custom:
#   id: TOM-IDS-004
#   measure: intrusion-detection
#   kind: intrusion_detector
#   over: population
#   when_none: unknown
#   severity: medium
#   remedy: "Install and enable a detector on the host: AIDE, auditd with watches, a Wazuh or OSSEC agent, or Imunify360."
#   source: https://documentation.wazuh.com/current/installation-guide/wazuh-agent/index.html
package tom.intrusion_detection.intrusion_detector

import data.tom.lib.value

applies if value.wanted(input.want.threat_detection)

applies if value.wanted(input.want.dedicated_ids)

pass if {
	some one in input.facts
	value.is_true(one.settings.active)
}

fail contains {"code": "switched_off", "setting": "active", "facts": [one.id | some one in input.facts]} if {
	input.complete
	every one in input.facts {
		value.is_false(one.settings.active)
	}
}
