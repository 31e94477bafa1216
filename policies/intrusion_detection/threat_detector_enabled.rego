# METADATA
# title: Every threat detector that is set up is enabled
# custom:
#   id: TOM-IDS-002
#   measure: intrusion-detection
#   kind: threat_detector
#   severity: medium
#   remedy: Set enable = true on the detector.
#   source: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_suspend-disable.html
package tom.intrusion_detection.threat_detector_enabled

import data.tom.lib.value

applies if value.wanted(input.want.threat_detection)

pass if value.is_true(input.settings.enabled)

fail contains {"code": "switched_off", "setting": "enabled"} if value.is_false(input.settings.enabled)
